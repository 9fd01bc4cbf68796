// What has to be on the paper, told by the office from the case itself and never by the program that set the letter.
import type { CaseId } from '@einmal-pin/domain/ids'
import type { Kvnr } from '@einmal-pin/domain/kvnr'

/** The PIN is read from the paper and tried at the record that is about to be registered. */
export interface PinTrial {
  readonly caseId: CaseId
  readonly round: number
  readonly kvnr: Kvnr
  readonly opaqueRecord: string
  readonly wrappedSecret: string
}

export interface ExpectedLine {
  /** Words before it, on the same line or on one of their own; may be empty. */
  readonly lead: string
  /** What may stand there: the house number comes first in some countries. */
  readonly readings: readonly string[]
}

export interface ExpectedLetter {
  readonly letterId: string
  /** Aktenzeichen, on every page. */
  readonly caseRef: string
  /** The sender in small print above the address. */
  readonly returnLine: string
  /** The address, all of it, from top to bottom. */
  readonly window: readonly ExpectedLine[]
  /** The name in the greeting; absent: nobody is greeted by name. */
  readonly greeted?: string
  readonly portalUrl: string
  /** Last day of the PIN as it is printed, on the first page. */
  readonly lastDay: string
  /** First two digits of the PIN; absent: no PIN may be on the paper. */
  readonly selector?: string
  readonly trial?: PinTrial
  /** Whether codes are looked for on the whole of every page, which takes as long as all the rest. */
  readonly isSearched: boolean
}
