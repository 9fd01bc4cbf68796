// Guesses whether a sheet of paper is cut off by the edge of the photo.
import type { Sample } from './photo-quality.ts'

/** A pixel belongs to paper when it is nearly as bright as the brightest tenth of the photo. */
const PAPER_SHARE = 0.72
/** Ink is at least this much darker than the paper. */
const INK_SHARE = 0.65
/** A side with less paper than this shows the table, one with more shows the sheet. */
const TABLE_BELOW = 0.1
const SHEET_ABOVE = 0.45
/** Print leaves most of a line white; a chequered cloth does not. */
const PRINT_ABOVE = 0.62
/** Strokes of ink that run into one side before we speak of text: a rule or a stamp makes fewer. */
const STROKES = 8
/** Longest stroke as a share of the side; a shadow or a coloured bar is longer. */
const LONGEST_STROKE = 0.04

/**
 * True when text runs into a side of the photo, or when the table is seen on three sides and the sheet goes
 * on beyond the fourth. A photo that only shows paper, edge to edge and white there, tells nothing and is not named.
 */
export function looksCut(sample: Sample): boolean {
  const paper = brightest(sample.light)
  const sides = sidesOf(sample)
  if (sides.some((side) => isText(side, paper))) return true
  const shares = sides.map(([outermost = []]) => shareOfPaper(outermost, paper))
  const tables = shares.filter((share) => share < TABLE_BELOW).length
  return tables === 3 && shares.some((share) => share > SHEET_ABOVE)
}

/** The brightness that nine tenths of the photo do not reach. */
function brightest(light: Float32Array): number {
  return light.toSorted()[Math.floor(light.length * 0.9)] ?? 0
}

/** Lines of pixels along one side, the outermost first. */
type Side = readonly (readonly number[])[]

/** Near enough that a margin would be white, far enough to meet print between two lines. */
const DEPTHS = [1, 2, 3, 4, 5, 6, 7, 8]
/** So many of these lines must hold print: one alone may be a fold or dirt. */
const PRINTED_LINES = 2

function sidesOf({ light, width, height }: Sample): readonly Side[] {
  const row = (y: number) => Array.from(light.subarray(y * width, (y + 1) * width))
  const column = (x: number) => Array.from({ length: height }, (_, y) => light[y * width + x] ?? 0)
  return [
    DEPTHS.map((depth) => row(depth)),
    DEPTHS.map((depth) => row(height - 1 - depth)),
    DEPTHS.map((depth) => column(depth)),
    DEPTHS.map((depth) => column(width - 1 - depth)),
  ]
}

const shareOfPaper = (line: readonly number[], paper: number): number =>
  line.filter((value) => value > paper * PAPER_SHARE).length / line.length

/** Mostly white, with many short strokes of ink: print goes on beyond the edge. */
const isText = (side: Side, paper: number): boolean =>
  side.filter((line) => shareOfPaper(line, paper) > PRINT_ABOVE && strokes(line, paper) >= STROKES)
    .length >= PRINTED_LINES

/** Runs of ink between paper on both sides. */
function strokes(line: readonly number[], paper: number): number {
  const longest = Math.max(2, line.length * LONGEST_STROKE)
  let count = 0
  let length = 0
  let begins = false
  for (const value of line) {
    const isInk = value < paper * INK_SHARE
    if (isInk) {
      length += 1
      continue
    }
    if (begins && length > 0 && length <= longest) count += 1
    length = 0
    begins = true
  }
  return count
}
