// One photographed sheet, ready to be bound into a document, and what may be done with the sheets of one.

/** Quarter turns clockwise, in degrees. */
export type Turn = 0 | 90 | 180 | 270

/** Warnings only: a photo is never refused for its quality. */
export type PaperIssue = 'soft' | 'dark' | 'cut'

export interface Sheet {
  /** Tells the sheets of this tab apart; it goes nowhere else. */
  readonly key: string
  /** Shrunk, upright as the camera held it, without EXIF. */
  readonly jpeg: Blob
  /** The same, small. */
  readonly preview: Blob
  /** Pixels of `jpeg`, before `turn`. */
  readonly width: number
  readonly height: number
  readonly turn: Turn
  readonly issues: readonly PaperIssue[]
}

type Sheets = readonly Sheet[]

const turnedBy = (turn: Turn, degrees: number): Turn => ((turn + degrees + 360) % 360) as Turn

/** Turning touches no pixel: the page of the PDF carries it. */
export const withTurn = (sheets: Sheets, at: number, degrees: 90 | -90): Sheets =>
  sheets.map((sheet, index) =>
    index === at ? { ...sheet, turn: turnedBy(sheet.turn, degrees) } : sheet,
  )

/** Moves a sheet by one place; at the end of the row nothing happens. */
export function withMove(sheets: Sheets, at: number, by: 1 | -1): Sheets {
  const [moved, other] = [sheets[at], sheets[at + by]]
  if (!moved || !other) return sheets
  return sheets.map((sheet, index) => (index === at ? other : index === at + by ? moved : sheet))
}

export const withRetake = (sheets: Sheets, at: number, sheet: Sheet): Sheets =>
  sheets.map((old, index) => (index === at ? sheet : old))

export const without = (sheets: Sheets, at: number): Sheets =>
  sheets.filter((_, index) => index !== at)
