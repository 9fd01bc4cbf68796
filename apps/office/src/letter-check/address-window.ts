// What the window of the envelope shows: the return line and the address, line by line, and nothing else.
import { withoutEchoes } from './echoes.ts'
import type { ExpectedLetter, ExpectedLine } from './expected-letter.ts'
import type { Area, PlacedChar } from './open-pdf.ts'
import { overlaps, plain } from './plain-text.ts'

/** DIN 5008 form B; domain.md 6.1. The sheet slides in its envelope by up to 5 mm. */
export const WINDOW: Area = { left: 20, top: 45, right: 105, bottom: 90 }
export const SLIDE = 5
const SHOWN: Area = {
  left: WINDOW.left - SLIDE,
  top: WINDOW.top - SLIDE,
  right: WINDOW.right + SLIDE,
  bottom: WINDOW.bottom + SLIDE,
}
const RETURN_LINE_TOP = 58
/** Six lines from here to the window's lower edge. */
const ADDRESS_TOP = 62.7
const LINE_HEIGHT = (WINDOW.bottom - ADDRESS_TOP) / 6

export function windowFindings(
  chars: readonly PlacedChar[],
  expected: Pick<ExpectedLetter, 'returnLine' | 'window'>,
): ('window.address' | 'window.foreign')[] {
  const shown = withoutEchoes(chars.filter((char) => overlaps(char, SHOWN)))
  const rows = rowsOf(shown)
  const isStray = shown.some(
    (char) =>
      char.top < RETURN_LINE_TOP || char.bottom > WINDOW.bottom + 1 || !overlaps(char, WINDOW),
  )
  const printed = [...rows.entries()].toSorted(([a], [b]) => a - b)
  const returned = printed.filter(([row]) => row < 0).map(([, text]) => text)
  const left = afterAddress(
    printed.filter(([row]) => row >= 0).map(([, text]) => text),
    expected.window,
  )
  const isForeign =
    isStray || returned.join('') !== plain(expected.returnLine) || (left ?? []).length > 0
  return [
    ...(left === undefined ? ['window.address' as const] : []),
    ...(isForeign ? ['window.foreign' as const] : []),
  ]
}

/** Text by row of the address; the return line is row -1. An accent stands in the row of its letter. */
function rowsOf(chars: readonly PlacedChar[]): ReadonlyMap<number, string> {
  const rows = new Map<number, string>()
  let row = 0
  for (const { char, top, bottom } of chars) {
    if (!/\p{M}/u.test(char))
      row = Math.max(-1, Math.floor(((top + bottom) / 2 - ADDRESS_TOP) / LINE_HEIGHT))
    rows.set(row, (rows.get(row) ?? '') + char)
  }
  return new Map([...rows].map(([at, text]) => [at, plain(text)]))
}

/** The rows below the address; undefined when they do not begin with all of its lines, in their order. */
function afterAddress(
  printed: readonly string[],
  lines: readonly ExpectedLine[],
): readonly string[] | undefined {
  let rest = printed
  for (const { lead, readings } of lines) {
    const isText = (text: string | undefined, before: string) =>
      readings.some((reading) => plain(before + reading) === text)
    const [first, second] = rest
    if (isText(first, lead)) rest = rest.slice(1)
    else if (lead !== '' && first === plain(lead) && isText(second, '')) rest = rest.slice(2)
    else return undefined
  }
  return rest
}
