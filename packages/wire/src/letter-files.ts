// Files of the post room and the print centre, read line by line: the clerk's page and the command line take the same ones.
import { Check } from 'typebox/value'
import type { ErrorCode } from './errors.ts'
import { MAX_LETTERS_IN_A_FILE } from './limits.ts'
import { Day } from './primitives.ts'
import { isLetterOutcome, isPrintStatus, LETTER_ID, type LetterOutcome } from './print-hand-over.ts'

/** Never repeats what stands there. `field` is a column, or empty for the whole line. */
export interface LineProblem {
  /** From 1, the header line included. */
  readonly line: number
  readonly field: string
  readonly code: ErrorCode
}

/** The good lines and the bad ones; a file that cannot be read at all has one problem and no rows. */
export interface LetterFile<T> {
  readonly rows: readonly { readonly line: number; readonly value: T }[]
  readonly problems: readonly LineProblem[]
}

export const RETURNS_HEADER = 'letterId'
export const STATUS_HEADER = 'letterId,outcome,printedOn,postedOn'

const PAGE_MARK = /;\d{1,3}\/\d{1,3}$/
const OUTCOMES: readonly string[] = ['printed', 'posted', 'spoiled', 'stopped']

/** The letter that a scanned page belongs to: `<letterId>;<page>/<pages>` without the page. */
export const letterOfMark = (mark: string): string => mark.replace(PAGE_MARK, '')

/** Returned mail: letter ids, or what a scanner reads from a page, a line each under the header `letterId`. */
export function readReturnsFile(text: string): LetterFile<string> {
  return readLines<string>(text, RETURNS_HEADER, ({ text: mark }) =>
    LETTER_ID.test(letterOfMark(mark)) ? mark : { field: 'letterId', code: 'import.letterId' },
  )
}

/** What the print centre says: JSON as it stands in print-status, or CSV. */
export function readStatusFile(text: string): LetterFile<LetterOutcome> {
  const isJson = /^\uFEFF?\s*[{[]/.test(text)
  return isJson ? fromJson(text) : readLines<LetterOutcome>(text, STATUS_HEADER, outcomeOf)
}

interface Line {
  readonly text: string
  readonly line: number
}
type Refusal = Omit<LineProblem, 'line'>

const whole = (code: ErrorCode): LetterFile<never> => ({
  rows: [],
  problems: [{ line: 1, field: '', code }],
})

function readLines<T extends string | LetterOutcome>(
  text: string,
  header: string,
  read: (line: Line) => T | Refusal,
): LetterFile<T> {
  const [head, ...lines] = linesOf(text)
  if (head?.text !== header) return whole(head === undefined ? 'import.empty' : 'import.header')
  if (lines.length === 0) return whole('import.empty')
  if (lines.length > MAX_LETTERS_IN_A_FILE) return whole('request.tooLarge')
  const rows: { line: number; value: T }[] = []
  const problems: LineProblem[] = []
  for (const one of lines) {
    const value = read(one)
    if (isRefusal(value)) problems.push({ line: one.line, ...value })
    else rows.push({ line: one.line, value })
  }
  return { rows, problems }
}

const isRefusal = (value: string | LetterOutcome | Refusal): value is Refusal =>
  typeof value === 'object' && 'code' in value

/** Lines that hold something, with their numbers from 1; quotes around a value go. */
const linesOf = (text: string): readonly Line[] =>
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ text: line.replaceAll('"', '').trim(), line: index + 1 }))
    .filter((line) => line.text !== '')

function outcomeOf({ text }: Line): LetterOutcome | Refusal {
  const cells = text.split(',').map((cell) => cell.trim())
  const [letterId = '', outcome = '', printedOn = '', postedOn = ''] = cells
  if (cells.length > STATUS_HEADER.split(',').length) return { field: '', code: 'import.csv' }
  if (!LETTER_ID.test(letterId)) return { field: 'letterId', code: 'import.letterId' }
  if (!OUTCOMES.includes(outcome)) return { field: 'outcome', code: 'import.choice' }
  for (const [field, day] of Object.entries({ printedOn, postedOn })) {
    if (day !== '' && !Check(Day, day)) return { field, code: 'import.date' }
  }
  if (outcome === 'posted' && postedOn === '') return { field: 'postedOn', code: 'import.required' }
  const value = {
    ...{ letterId, outcome },
    ...(printedOn !== '' && { printedOn }),
    ...(postedOn !== '' && { postedOn }),
  }
  // A day that does not go with the outcome: nothing else is left that could be wrong.
  const field = outcome === 'printed' || printedOn === '' ? 'postedOn' : 'printedOn'
  return isLetterOutcome(value) ? value : { field, code: 'import.choice' }
}

function fromJson(text: string): LetterFile<LetterOutcome> {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    if (!isPrintStatus(value)) return whole('import.status')
    if (value.letters.length === 0) return whole('import.empty')
    return {
      rows: value.letters.map((letter, index) => ({ line: index + 1, value: letter })),
      problems: [],
    }
  } catch {
    return whole('import.status')
  }
}
