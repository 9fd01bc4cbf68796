// Where a rendered page is not white, in millimetres, for the tests.
import type { Area, ReadPage } from '../letter-check/open-pdf.ts'

const DPI = 200
const MM_PER_PIXEL = 25.4 / DPI
/** Hairlines are grey when they are rendered. */
const WHITE = 245
/** Of red, green, blue and this. */
const ALPHA = 3

/** The box around all ink inside `area`; undefined when there is none. */
export function inkIn(page: ReadPage, area: Area): Area | undefined {
  const { rows, columns } = inkOf(page, area)
  const [top, left] = [rows.indexOf(true), columns.indexOf(true)]
  if (top < 0) return undefined
  return {
    left: area.left + left * MM_PER_PIXEL,
    right: area.left + (columns.lastIndexOf(true) + 1) * MM_PER_PIXEL,
    top: area.top + top * MM_PER_PIXEL,
    bottom: area.top + (rows.lastIndexOf(true) + 1) * MM_PER_PIXEL,
  }
}

/** The middle of each horizontal band of ink inside `area`, from top to bottom. */
export function inkBands(page: ReadPage, area: Area): readonly number[] {
  const { rows } = inkOf(page, area)
  const edges = rows.flatMap((isInk, row) => (isInk !== (rows[row - 1] ?? false) ? [row] : []))
  return edges.flatMap((from, at) => {
    if (at % 2 === 1) return []
    return area.top + ((from + (edges[at + 1] ?? rows.length)) / 2) * MM_PER_PIXEL
  })
}

function inkOf(page: ReadPage, area: Area) {
  const { data, width, height } = page.picture(area, DPI)
  const rows = Array.from({ length: height }, () => false)
  const columns = Array.from({ length: width }, () => false)
  for (const [at, value] of data.entries()) {
    if (value >= WHITE || at % 4 === ALPHA) continue
    const pixel = Math.floor(at / 4)
    rows[Math.floor(pixel / width)] = true
    columns[pixel % width] = true
  }
  return { rows, columns }
}
