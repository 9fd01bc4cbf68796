// Whether a finished letter is the one that was ordered: address, case, pages, marks, PIN and code belong together.
import { formatPin, type Pin, selectorOf } from '@einmal-pin/domain/pin'
import { SLIDE, WINDOW, windowFindings } from './address-window.ts'
import { withoutEchoes } from './echoes.ts'
import type { ExpectedLetter } from './expected-letter.ts'
import type { Area, PlacedChar, ReadPage, ReadPdf } from './open-pdf.ts'
import { holds, overlaps, without } from './plain-text.ts'
import { pinsIn } from './printed-pins.ts'
import { type FoundCode, readCodes } from './read-codes.ts'

/** What is wrong, never what is written. */
export type Finding =
  | 'window.address'
  | 'window.foreign'
  | 'greeting.name'
  | 'page.caseRef'
  | 'page.mark'
  | 'page.lastDay'
  | 'pin.missing'
  | 'pin.foreign'
  | 'pin.place'
  | 'pin.trial'
  | 'qr.content'
  | 'qr.place'
  | 'qr.foreign'
  | 'pdf.unreadable'

/** Secrets stay 15 mm away from what can be seen when the sheet slides in its envelope (domain.md 6.1). */
const SECRET_FREE_DOWN_TO = WINDOW.bottom + SLIDE + 15
const FOLDS = [105, 210]
const FOLD_DISTANCE = 5
const INFORMATION: Area = { left: 124, top: 45, right: 195, bottom: 98 }
const HEADER: Area = { left: 20, top: 5, right: 195, bottom: 22 }
/** Where templates/letter.typ puts the mark, and some room around it. */
const MARK: Area = { left: 13, top: 278, right: 27, bottom: 293 }
const MARK_DPI = 200
const CODE: Area = { left: 135, top: 200, right: 205, bottom: 285 }
const PAGE: Area = { left: 0, top: 0, right: 210, bottom: 297 }
/** Between the window and the box with the PIN. */
const BODY: Area = { left: 20, top: 95, right: 195, bottom: 214 }
const CODE_DPI = 110
/** Enough to find a code as large as ours anywhere. */
const SEARCH_DPI = 75
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
    ...greetingFindings(chars, expected),
    ...caseFindings(chars, others, expected.caseRef),
    ...(holds(first.text, expected.lastDay) ? [] : ['page.lastDay' as const]),
    ...(await markFindings(pages, expected.letterId)),
    ...aboutPin,
    ...(await codeFindings(pages, expected)),
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

/** The greeting alone says the name there, except to parents and guardians, whose letter names the person, too. */
function greetingFindings(chars: readonly PlacedChar[], { greeted }: ExpectedLetter): Finding[] {
  const body = withoutEchoes(chars.filter((char) => overlaps(char, BODY)))
  const text = body.map(({ char }) => char).join('')
  return greeted === undefined || holds(text, greeted) ? [] : ['greeting.name']
}

async function markFindings(pages: readonly ReadPage[], letterId: string): Promise<Finding[]> {
  for (const [index, page] of pages.entries()) {
    const codes = await readCodes(page.picture(MARK, MARK_DPI), 'DataMatrix')
    const wanted = `${letterId};${index + 1}/${pages.length}`
    if (codes.length !== 1 || codes[0]?.text !== wanted) return ['page.mark']
  }
  return []
}

function pinOf(
  first: ReadPage,
  others: readonly ReadPage[],
  chars: readonly PlacedChar[],
  { selector, caseRef }: ExpectedLetter,
): { readonly pin?: Pin; readonly findings: readonly Finding[] } {
  // A case reference may have sixteen digits, too, or make them with the date beside it.
  const inText = ({ text }: ReadPage) => pinsIn(without(text, caseRef))
  const printed = inText(first)
  const isElsewhere = others.some((page) => inText(page).length > 0)
  if (selector === undefined) {
    return { findings: printed.length > 0 || isElsewhere ? ['pin.foreign'] : [] }
  }
  // Four groups are a promise; in any other form it is hard to type.
  const pin = printed.find((found) => holdsGrouped(first.text, found))
  if (pin === undefined) return { findings: ['pin.missing'] }
  const place = placeOf(chars, pin)
  // However it is grouped or spread, it stands there once.
  const bare = (text: string) => text.replace(/\D/gu, '').split(pin).length - 1
  const isRepeated = bare(first.text) !== 1 || others.some(({ text }) => bare(text) > 0)
  return {
    pin,
    findings: [
      ...(isRepeated || printed.length > 1 || isElsewhere || selectorOf(pin) !== selector
        ? ['pin.foreign' as const]
        : []),
      ...(place !== undefined && isSafePlace(place) ? [] : ['pin.place' as const]),
    ],
  }
}

const holdsGrouped = (text: string, pin: Pin): boolean =>
  text.replace(/\s/gu, ' ').includes(formatPin(pin))

/**
 * One code, at its place on the first page. A second one elsewhere can come from the template only, which is the same for all letters of a
 * run, so it is looked for in those whose PIN is tried.
 */
async function codeFindings(
  pages: readonly ReadPage[],
  { portalUrl, isSearched }: ExpectedLetter,
): Promise<Finding[]> {
  const [first] = pages
  const found = first === undefined ? [] : await readCodes(first.picture(CODE, CODE_DPI), 'QRCode')
  const [code] = found
  if (found.length !== 1 || code?.text !== portalUrl) return ['qr.content']
  const anywhere = isSearched ? await codesAnywhere(pages) : 1
  return [
    ...(anywhere > 1 ? ['qr.foreign' as const] : []),
    ...(isSafePlace(onPaper(code)) ? [] : ['qr.place' as const]),
  ]
}

async function codesAnywhere(pages: readonly ReadPage[]): Promise<number> {
  const found = await Promise.all(
    pages.map((page) => readCodes(page.picture(PAGE, SEARCH_DPI), 'QRCode')),
  )
  return found.flat().length
}

function onPaper({ place }: FoundCode): Area {
  const mm = (pixels: number) => (pixels / CODE_DPI) * MM_PER_INCH
  const { left, top, right, bottom } = place
  return {
    left: CODE.left + mm(left),
    right: CODE.left + mm(right),
    top: CODE.top + mm(top),
    bottom: CODE.top + mm(bottom),
  }
}

function isSafePlace({ top, bottom }: Area): boolean {
  const isFarFromFolds = FOLDS.every(
    (fold) => bottom <= fold - FOLD_DISTANCE || top >= fold + FOLD_DISTANCE,
  )
  return top >= SECRET_FREE_DOWN_TO && isFarFromFolds
}

function placeOf(chars: readonly PlacedChar[], pin: Pin): Area | undefined {
  const at = chars
    .map(({ char }) => char)
    .join('')
    .indexOf(pin)
  if (at < 0) return undefined
  const found = chars.slice(at, at + pin.length)
  return {
    left: Math.min(...found.map(({ left }) => left)),
    right: Math.max(...found.map(({ right }) => right)),
    top: Math.min(...found.map(({ top }) => top)),
    bottom: Math.max(...found.map(({ bottom }) => bottom)),
  }
}
