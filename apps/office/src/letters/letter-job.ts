// What goes into the letter child and what comes out; every field crosses a process boundary by structured clone.
import type { CaseId } from '@einmal-pin/domain/ids'
import type { Kvnr } from '@einmal-pin/domain/kvnr'
import type { SecondFactor } from '@einmal-pin/domain/second-factor'
import type { LetterCode } from './letter-error.ts'
import type { LetterInput } from './letter-input.ts'
import type { LetterLocale } from './letter-locale.ts'

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

/** The same for all letters of a run. */
export interface LetterSecrets {
  /** b64u, 128 bytes. */
  readonly opaqueSetup: string
  /** b64u, 32 bytes. */
  readonly pepper: string
  /** age recipient of the print centre. */
  readonly printCentreRecipient: string
}

/** All that is left of a letter outside the print centre. No PIN, no digest that is not under the pepper. */
export interface MadeLetter {
  /** The PDF as an age file for the print centre. */
  readonly sealedLetter: Uint8Array
  /** SHA-256 of `sealedLetter`, hex. */
  readonly sha256: string
  readonly pages: number
  readonly selector: string
  /** b64u, for the publish command. */
  readonly opaqueRecord: string
  readonly identityHmac: string
  readonly secondFactorHmacs: readonly string[]
  readonly wrappedSecret: string
  /** The sealed case package (age file). */
  readonly sealedPackage: Uint8Array
}

export type LetterResult = { readonly caseId: CaseId; readonly round: number } & (
  | { readonly ok: true; readonly made: MadeLetter }
  | { readonly ok: false; readonly code: LetterCode }
)

/** To the child. `setup` comes first and once. */
export type ChildRequest =
  | { readonly kind: 'setup'; readonly secrets?: LetterSecrets; readonly folder?: string }
  | { readonly kind: 'letter'; readonly job: LetterJob }
  | { readonly kind: 'archive'; readonly input: LetterInput }
  | { readonly kind: 'specimen'; readonly input: LetterInput; readonly locale: LetterLocale }

/** From the child, one for each request. */
export type ChildAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'letter'; readonly made: MadeLetter }
  | { readonly kind: 'archive' | 'specimen'; readonly pdf: Uint8Array; readonly pages: number }
  | { readonly kind: 'refused'; readonly code: LetterCode }
