// What goes into the letter child and what comes out; every field crosses a process boundary by structured clone.
import type { CaseId } from '@einmal-pin/domain/ids'
import type { Kvnr } from '@einmal-pin/domain/kvnr'
import type { SecondFactor } from '@einmal-pin/domain/second-factor'
import type { Finding } from '../letter-check/verify-letter.ts'
import type { LetterCode } from './letter-error.ts'
import type { LetterInput } from './letter-input.ts'
import type { LetterLocale } from './letter-locale.ts'
import type { LetterRecord } from './letter-record.ts'

/** One letter of one round of one case. */
export interface LetterJob {
  readonly caseId: CaseId
  readonly round: number
  /** Publication number of the case package, which the sealed package carries as its revision. */
  readonly revision: number
  readonly kvnr: Kvnr
  /** Selectors (two digits) of the person's live and remembered PINs: the new one differs from all. */
  readonly takenSelectors: readonly string[]
  /** All that the login may accept: current and previous card, or the birth date. */
  readonly secondFactors: readonly SecondFactor[]
  readonly letter: LetterInput
  /** The case package (JSON) that is sealed for the person. */
  readonly package: unknown
  /**
   * K, 32 bytes: fresh for a first letter and for a stolen one, the old one otherwise. The caller wraps it under the
   * KEK and commits that wrap with the result; no case is published before.
   */
  readonly caseSecret: Uint8Array
}

/** A letter without a PIN: nothing is registered, nothing changes at the portal. */
export interface PlainLetterJob {
  readonly caseId: CaseId
  readonly round: number
  readonly letter: LetterInput & { readonly kind: 'reminder' }
}

export type AnyLetterJob = LetterJob | PlainLetterJob

export const hasPin = (job: AnyLetterJob): job is LetterJob => 'caseSecret' in job

/** The same for all letters of a run. */
export interface LetterSecrets {
  /** b64u, 128 bytes. */
  readonly opaqueSetup: string
  /** b64u, 32 bytes. */
  readonly pepper: string
  /** age recipient of the print centre; the letter check seals, the letter child never does. */
  readonly printCentreRecipient: string
  /** The letter check signs with it. */
  readonly checkKey: string
}

/** What a new PIN leaves behind outside the letter. No PIN, no digest that is not under the pepper. */
export interface Registered {
  readonly selector: string
  /** b64u, for the publish command. */
  readonly opaqueRecord: string
  readonly identityHmac: string
  readonly secondFactorHmacs: readonly string[]
  readonly wrappedSecret: string
  /** The sealed case package (age file). */
  readonly sealedPackage: Uint8Array
}

/** A letter that the check has read, sealed and signed. */
export interface CheckedLetter {
  /** The PDF as an age file for the print centre. */
  readonly sealedLetter: Uint8Array
  /** SHA-256 of `sealedLetter`, hex. */
  readonly sha256: string
  readonly pages: number
  /** Whether the printed PIN was tried. */
  readonly sampled: boolean
  /** The check's signature over all that, b64u (vault's letter-verdict.ts). */
  readonly verdict: string
}

/** A reminder leaves no more than this. */
export interface KeptLetter extends CheckedLetter {
  readonly record: LetterRecord
}

/** All that is left of a letter outside the print centre. */
export type MadeLetter = KeptLetter & Registered

export type MadeOrRefused =
  | { readonly ok: true; readonly made: MadeLetter | KeptLetter }
  | {
      readonly ok: false
      readonly code: LetterCode
      readonly place?: string
      readonly findings?: readonly Finding[]
    }

export type LetterResult = { readonly caseId: CaseId; readonly round: number } & MadeOrRefused

/** What the letter child gets: it cannot seal and cannot sign. */
export type ChildSecrets = Pick<LetterSecrets, 'opaqueSetup' | 'pepper'>

/** To the child. `setup` comes first and once. */
export type ChildRequest =
  | { readonly kind: 'setup'; readonly secrets?: ChildSecrets; readonly folder?: string }
  | { readonly kind: 'letter'; readonly job: AnyLetterJob }
  | { readonly kind: 'archive'; readonly record: LetterRecord }
  | { readonly kind: 'specimen'; readonly input: LetterInput; readonly locale: LetterLocale }

/** Without the detail for letters to real people. */
export interface Refusal {
  readonly kind: 'refused'
  readonly code: LetterCode
  readonly place?: string
  readonly detail?: string
}

/** From the child, one for each request. */
export type ChildAnswer =
  | { readonly kind: 'ready' }
  /** The PDF itself goes to the letter check by a pipe of its own. */
  | { readonly kind: 'letter'; readonly record: LetterRecord; readonly registered?: Registered }
  | { readonly kind: 'archive' | 'specimen'; readonly pdf: Uint8Array; readonly pages: number }
  | Refusal
