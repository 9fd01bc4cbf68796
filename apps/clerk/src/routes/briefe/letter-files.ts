// Takes a file of the post room or the print centre: reads it here, hands it to the office, and tells line by line what was refused.
import {
  type LetterFile,
  type LineProblem,
  letterOfMark,
  readReturnsFile,
  readStatusFile,
} from '@einmal-pin/wire/letter-files'
import { MAX_LETTER_FILE_BYTES } from '@einmal-pin/wire/limits'
import type { ReturnsReport, StatusReport } from '@einmal-pin/wire/office-api'
import { office } from '../../api/office.svelte.ts'
import { errorText } from '../../texts/labels.ts'
import { letters } from '../../texts/runs.ts'

export interface Refused extends LineProblem {
  /** The letter, where the line names one. */
  readonly letterId: string
}

export interface FileReport {
  /** What was done, a sentence each; empty when nothing was taken. */
  readonly done: readonly string[]
  /** Why nothing was taken. */
  readonly reason: string
  readonly refused: readonly Refused[]
}

export type TakeFile = (file: File, skipBad: boolean) => Promise<FileReport>

const nothing = (reason: string, refused: readonly Refused[] = []): FileReport => ({
  ...{ done: [], reason, refused },
})

const unnamed = (problems: readonly LineProblem[]): readonly Refused[] =>
  problems.map((problem) => ({ ...problem, letterId: '' }))

/** The text, or undefined when it is no UTF-8. */
async function textOf(file: File): Promise<string | undefined> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
  } catch {
    return undefined
  }
}

/** The readable lines, or why nothing of the file is taken. */
async function rowsOf<T>(
  file: File,
  read: (text: string) => LetterFile<T>,
  skipBad: boolean,
): Promise<LetterFile<T> | FileReport> {
  if (file.size > MAX_LETTER_FILE_BYTES) return nothing(errorText('request.tooLarge'))
  const text = await textOf(file)
  if (text === undefined) return nothing(errorText('import.csv'))
  const found = read(text)
  const [first] = found.problems
  const isWhole = first !== undefined && found.rows.length === 0 && first.field === ''
  if (isWhole) return nothing(errorText(first.code))
  const isTaken = found.problems.length === 0 || (skipBad && found.rows.length > 0)
  return isTaken ? found : nothing(errorText('import.rejected'), unnamed(found.problems))
}

/** The lines of the letters that the office names. */
function linesOf<T>(
  { rows }: LetterFile<T>,
  idOf: (value: T) => string,
  named: readonly string[],
  code: LineProblem['code'],
): readonly Refused[] {
  const ids = new Set(named)
  return rows
    .filter(({ value }) => ids.has(idOf(value)))
    .map(({ line, value }) => ({ line, field: '', code, letterId: idOf(value) }))
}

const inOrder = (...parts: readonly (readonly Refused[])[]): readonly Refused[] =>
  parts.flat().sort((one, other) => one.line - other.line)

export const takeReturns: TakeFile = async (file, skipBad) => {
  const found = await rowsOf(file, readReturnsFile, skipBad)
  if ('done' in found) return found
  const letterIds = found.rows.map(({ value }) => value)
  const { value: report, reason } = await office.attempt((api) => api.letterReturns({ letterIds }))
  if (report === undefined) return nothing(reason)
  // A reminder that came back stands for the letter with the PIN.
  const idOf = (mark: string) => letterOfMark(mark).replace(/-r$/, '')
  return {
    ...{ done: returnsDone(report), reason: '' },
    refused: inOrder(
      unnamed(found.problems),
      linesOf(found, idOf, report.unknown, 'letter.none'),
      linesOf(found, idOf, report.notPosted, 'letter.notPosted'),
    ),
  }
}

function returnsDone({ returned, unchanged }: ReturnsReport): readonly string[] {
  const known = unchanged === 0 ? [] : [`${letters(unchanged)} schon bekannt.`]
  const pins = returned === 1 ? 'Die PIN ist gesperrt' : 'Die PINs sind gesperrt'
  const did = `${letters(returned)} als zurückgekommen eingetragen.`
  return returned === 0
    ? [did, ...known]
    : [`${did} ${pins}, zu jedem Brief steht eine Aufgabe bereit.`, ...known]
}

export const takeStatus: TakeFile = async (file) => {
  const found = await rowsOf(file, readStatusFile, false)
  if ('done' in found) return found
  const order = { letters: found.rows.map(({ value }) => value) }
  const { value: report, reason, extra } = await office.attempt((api) => api.letterStatus(order))
  if (report === undefined) return nothing(reason, linesRefused(found, extra['problems']))
  return {
    ...{ done: statusDone(report), reason: '' },
    refused: linesOf(found, ({ letterId }) => letterId, report.unknown, 'letter.none'),
  }
}

/** The office counts the letters it got; the clerk counts the lines of the file. */
function linesRefused<T>({ rows }: LetterFile<T>, problems: unknown): readonly Refused[] {
  if (!Array.isArray(problems)) return []
  return unnamed(
    (problems as readonly LineProblem[]).map(({ line, field, code }) => ({
      ...{ line: rows[line - 1]?.line ?? line, field, code },
    })),
  )
}

function statusDone({ applied, unchanged, replaced }: StatusReport): readonly string[] {
  return [
    `${letters(applied)} mit neuem Stand.`,
    ...(unchanged === 0 ? [] : [`${letters(unchanged)} schon bekannt.`]),
    ...(replaced === 0 ? [] : [`${letters(replaced)} verdorben: mit neuer PIN neu bestellt.`]),
  ]
}
