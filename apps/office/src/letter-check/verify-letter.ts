// Whether a finished letter is the one that was ordered: address, case, pages, marks, PIN and code belong together.
import { type Pin, parsePin, selectorOf } from '@einmal-pin/domain/pin'
import type { ExpectedLetter } from './expected-letter.ts'
import type { Area, PlacedChar, ReadPage, ReadPdf } from './open-pdf.ts'
import { readCodes } from './read-codes.ts'

/** What is wrong, never what is written. */
export type Finding =
  | 'window.address'
  | 'window.foreign'
  | 'page.caseRef'
  | 'page.mark'
  | 'page.lastDay'
  | 'pin.missing'
  | 'pin.foreign'
  | 'pin.place'
  | 'pin.trial'
  | 'qr.content'
  | 'qr.place'
  | 'pdf.unreadable'

/** DIN 5008 form B; domain.md 6.1. */
const WINDOW: Area = { left: 20, top: 45, right: 105, bottom: 90 }
const RETURN_LINE = { top: 58, bottom: 62.7 }
/** The sheet slides 5 mm in its envelope, and secrets stay 15 mm away from what can be seen then. */
const SECRET_FREE_DOWN_TO = WINDOW.bottom + 5 + 15
const FOLDS = [105, 210]
const FOLD_DISTANCE = 5
const INFORMATION: Area = { left: 124, top: 45, right: 195, bottom: 98 }
const HEADER: Area = { left: 20, top: 5, right: 195, bottom: 22 }
/** Where templates/letter.typ puts the mark, and some room around it. */
const MARK: Area = { left: 13, top: 278, right: 27, bottom: 293 }
const MARK_DPI = 200
const CODE: Area = { left: 135, top: 200, right: 205, bottom: 285 }
const CODE_DPI = 110
const MM_PER_INCH = 25.4

/** All that is wrong with a letter, and the PIN that is on it. */
export async function verifyLetter(
  { pages }: ReadPdf,
  expected: ExpectedLetter,
): Promise<{ readonly findings: readonly Finding[]; readonly pin?: Pin }> {
  const [first, ...others] = pages
  if (first === undefined) return { findings: ['pdf.unreadable'] }
  const chars = first.chars()
  const { pin, findings: aboutPin } = pinOf(first, others, chars, expected)
  const findings = [
    ...windowFindings(chars, expected),
    ...caseFindings(chars, others, expected.caseRef),
    ...(holds(first.text, expected.lastDay) ? [] : ['page.lastDay' as const]),
    ...(await markFindings(pages, expected.letterId)),
    ...aboutPin,
    ...(await codeFindings(first, expected.portalUrl)),
  ]
  return { findings: [...new Set(findings)], ...(pin === undefined ? {} : { pin }) }
}

/** In the information block of the first page and in the header of every other, not just anywhere in the text. */
function caseFindings(
  first: readonly PlacedChar[],
  others: readonly ReadPage[],
  caseRef: string,
): Finding[] {
  const inside = (chars: readonly PlacedChar[], area: Area) =>
    chars.filter((char) => overlaps(char, area)).map(({ char }) => char)
  const places = [inside(first, INFORMATION), ...others.map((page) => inside(page.chars(), HEADER))]
  return places.every((chars) => holds(chars.join(''), caseRef)) ? [] : ['page.caseRef']
}

/** Everything expected is there, and nothing is left when it is taken away. */
function windowFindings(chars: readonly PlacedChar[], expected: ExpectedLetter): Finding[] {
  const inside = chars.filter((char) => overlaps(char, WINDOW))
  const address = inside.filter(({ top, bottom }) => (top + bottom) / 2 > RETURN_LINE.bottom)
  const isStray = (char: PlacedChar) =>
    !address.includes(char) && (char.top < RETURN_LINE.top || char.bottom > RETURN_LINE.bottom + 1)
  const stray = inside.some(isStray)
  let left = plain(address.map(({ char }) => char).join(''))
  let isWhole = true
  for (const piece of longestFirst(expected.window)) {
    const at = left.indexOf(plain(piece))
    isWhole &&= at >= 0
    if (at >= 0) left = left.slice(0, at) + left.slice(at + plain(piece).length)
  }
  for (const extra of longestFirst(expected.windowExtras)) left = left.replace(plain(extra), '')
  return [
    ...(isWhole ? [] : ['window.address' as const]),
    ...(stray || left !== '' ? ['window.foreign' as const] : []),
  ]
}

async function markFindings(pages: readonly ReadPage[], letterId: string): Promise<Finding[]> {
  for (const [index, page] of pages.entries()) {
    const codes = await readCodes(page.picture(MARK, MARK_DPI), 'DataMatrix')
    const wanted = `${letterId};${index + 1}/${pages.length}`
    if (codes.length !== 1 || codes[0]?.text !== wanted) return ['page.mark']
  }
  return []
}

const GROUPED_PIN = /\b\d{4} \d{4} \d{4} \d{4}\b/gu

function pinOf(
  first: ReadPage,
  others: readonly ReadPage[],
  chars: readonly PlacedChar[],
  { selector }: ExpectedLetter,
): { readonly pin?: Pin; readonly findings: readonly Finding[] } {
  const inText = ({ text }: ReadPage) => text.replace(/[\u00a0\s]/gu, ' ').match(GROUPED_PIN) ?? []
  const printed = inText(first)
  const isElsewhere = others.some((page) => inText(page).length > 0)
  if (selector === undefined) {
    return { findings: printed.length > 0 || isElsewhere ? ['pin.foreign'] : [] }
  }
  const [digits] = printed
  const parsed = parsePin(digits ?? '')
  if (digits === undefined || !parsed.ok) return { findings: ['pin.missing'] }
  const place = placeOf(chars, digits)
  // However it is grouped or spread, it stands there once.
  const bare = (text: string) =>
    text.replace(/\D/gu, '').split(digits.replaceAll(' ', '')).length - 1
  const isRepeated = bare(first.text) !== 1 || others.some(({ text }) => bare(text) > 0)
  return {
    pin: parsed.value,
    findings: [
      ...(isRepeated || printed.length > 1 || isElsewhere || selectorOf(parsed.value) !== selector
        ? ['pin.foreign' as const]
        : []),
      ...(place !== undefined && isSafePlace(place) ? [] : ['pin.place' as const]),
    ],
  }
}

async function codeFindings(page: ReadPage, portalUrl: string): Promise<Finding[]> {
  const codes = await readCodes(page.picture(CODE, CODE_DPI), 'QRCode')
  const [code] = codes
  if (codes.length !== 1 || code?.text !== portalUrl) return ['qr.content']
  const mm = (pixels: number) => (pixels / CODE_DPI) * MM_PER_INCH
  const { left, top, right, bottom } = code.place
  const place = {
    left: CODE.left + mm(left),
    right: CODE.left + mm(right),
    top: CODE.top + mm(top),
    bottom: CODE.top + mm(bottom),
  }
  return isSafePlace(place) ? [] : ['qr.place']
}

function isSafePlace({ top, bottom }: Area): boolean {
  const isFarFromFolds = FOLDS.every(
    (fold) => bottom <= fold - FOLD_DISTANCE || top >= fold + FOLD_DISTANCE,
  )
  return top >= SECRET_FREE_DOWN_TO && isFarFromFolds
}

function placeOf(chars: readonly PlacedChar[], digits: string): Area | undefined {
  const wanted = digits.replaceAll(' ', '')
  const at = chars
    .map(({ char }) => char)
    .join('')
    .indexOf(wanted)
  if (at < 0) return undefined
  const found = chars.slice(at, at + wanted.length)
  return {
    left: Math.min(...found.map(({ left }) => left)),
    right: Math.max(...found.map(({ right }) => right)),
    top: Math.min(...found.map(({ top }) => top)),
    bottom: Math.max(...found.map(({ bottom }) => bottom)),
  }
}

const overlaps = (char: Area, area: Area): boolean =>
  char.right > area.left &&
  char.left < area.right &&
  char.bottom > area.top &&
  char.top < area.bottom

/** Capitals abroad, blanks and composed letters differ between order and paper; nothing else does. */
const plain = (text: string): string =>
  text.normalize('NFKD').replace(/\s/gu, '').toLocaleUpperCase('de')

const holds = (text: string, wanted: string): boolean => plain(text).includes(plain(wanted))

const longestFirst = (texts: readonly string[]): readonly string[] =>
  texts.filter((text) => text.trim() !== '').toSorted((a, b) => b.length - a.length)
