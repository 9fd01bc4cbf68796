// What goes into the letter check and what comes out; the PDF comes by a pipe of its own.
import type { ExpectedLetter } from './expected-letter.ts'
import type { Finding } from './verify-letter.ts'

/** To the check. `setup` comes first and once. */
export type CheckRequest =
  | {
      readonly kind: 'setup'
      readonly opaqueSetup: string
      readonly printCentreRecipient: string
      readonly checkKey: string
    }
  | { readonly kind: 'check'; readonly expected: ExpectedLetter }

/** From the check, one for each request. `findings` are codes: what was on the paper stays in the process. */
export type CheckAnswer =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'checked'
      readonly sealedLetter: Uint8Array
      readonly sha256: string
      readonly pages: number
      readonly sampled: boolean
      readonly verdict: string
    }
  | { readonly kind: 'wrong'; readonly findings: readonly Finding[] }
  | { readonly kind: 'refused'; readonly code: 'letter.unchecked' }
