// Files between the office and the print centre: the signed list of a bundle, what became of it, and refusals.
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import { CaseIdShape, Day, Instant, Round, Sha256Hex, strict } from './primitives.ts'

export const BUNDLE_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{7,63}$/
/** A bundle is printed in one go; more letters make more bundles (domain.md 6.3). */
export const MAX_BUNDLE_LETTERS = 2000

export const BundleId = Type.String({ pattern: BUNDLE_ID.source })
export const LETTER_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{1,63}$/
export const LetterId = Type.String({ pattern: LETTER_ID.source })

/** One letter of a bundle: what the print centre must know to print and frank it, no name and no PIN. */
export const BundleLetter = Type.Object(
  {
    /** Place in the run, from 1 without a gap, by ascending postcode: the number on the franking list. */
    seq: Type.Integer({ minimum: 1 }),
    letterId: LetterId,
    caseId: CaseIdShape,
    round: Round,
    /** `<letterId>.age`, beside the list. */
    file: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{1,63}\\.age$' }),
    /** SHA-256 of that file. */
    sha256: Sha256Hex,
    /** Sheets of paper, printed on both sides. */
    sheets: Type.Integer({ minimum: 1, maximum: 20 }),
    duplex: Type.Boolean(),
    envelope: Type.Union([Type.Literal('DL'), Type.Literal('C4')]),
    postcode: Type.String({ maxLength: 20 }),
    country: Type.String({ pattern: '^[A-Z]{2}$' }),
    product: Type.String({ pattern: '^(standard|kompakt|gross)(-int)?$' }),
  },
  strict,
)
export type BundleLetter = Static<typeof BundleLetter>

/** manifest.json, signed in manifest.sig. Letters are sorted by postcode, as the franking wants them; abroad comes last. */
export const BundleManifest = Type.Object(
  {
    bundleId: BundleId,
    createdAt: Instant,
    /** Of manifest.csv, the same list for the franking software. */
    csvSha256: Sha256Hex,
    letters: Type.Array(BundleLetter, { minItems: 1, maxItems: MAX_BUNDLE_LETTERS }),
  },
  strict,
)
export type BundleManifest = Static<typeof BundleManifest>

const outcome = <T extends string>(value: T) => ({
  letterId: LetterId,
  outcome: Type.Literal(value),
})

/** What became of one letter. Spoiled: the paper is destroyed, and the answer is a new PIN. Stopped: taken out by the stop list. */
export const LetterOutcome = Type.Union([
  Type.Object({ ...outcome('printed'), printedOn: Type.Optional(Day) }, strict),
  Type.Object({ ...outcome('posted'), printedOn: Type.Optional(Day), postedOn: Day }, strict),
  Type.Object({ ...outcome('spoiled') }, strict),
  Type.Object({ ...outcome('stopped') }, strict),
])
export type LetterOutcome = {
  readonly letterId: string
  readonly outcome: 'printed' | 'posted' | 'spoiled' | 'stopped'
  readonly printedOn?: string
  readonly postedOn?: string
}

/** print-status/<bundleId>.json */
export const PrintStatus = Type.Object(
  {
    bundleId: BundleId,
    letters: Type.Array(LetterOutcome, { maxItems: MAX_BUNDLE_LETTERS }),
  },
  strict,
)
export interface PrintStatus {
  readonly bundleId: string
  readonly letters: readonly LetterOutcome[]
}

/** stop-list/<letterId>.json, signed in <letterId>.sig as a bundle is. */
export const StopOrder = Type.Object({ letterId: LetterId, stop: Type.Literal(true) }, strict)
export type StopOrder = Static<typeof StopOrder>

/** print-status/<bundleId>.refused.json: nothing of the bundle was printed. */
export const PrintRefusal = Type.Object(
  {
    bundleId: BundleId,
    code: Type.Union([
      Type.Literal('bundle.signature'),
      Type.Literal('bundle.manifest'),
      Type.Literal('letter.digest'),
      Type.Literal('letter.sealed'),
    ]),
    letterId: Type.Optional(LetterId),
  },
  strict,
)
export type PrintRefusal = Static<typeof PrintRefusal>

export const isBundleManifest = (value: unknown): value is BundleManifest =>
  Check(BundleManifest, value)
export const isPrintStatus = (value: unknown): value is PrintStatus => Check(PrintStatus, value)
export const isPrintRefusal = (value: unknown): value is PrintRefusal => Check(PrintRefusal, value)
export const isLetterOutcome = (value: unknown): value is LetterOutcome =>
  Check(LetterOutcome, value)
export const isStopOrder = (value: unknown): value is StopOrder => Check(StopOrder, value)
