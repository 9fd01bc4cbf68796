// einmal-pin letters status and letters returns: files of the print centre and of the post room, read line by line.
import { readFile } from 'node:fs/promises'
import { parseCalendarDate } from '@einmal-pin/domain/calendar-date'
import {
  isLetterOutcome,
  isPrintStatus,
  LETTER_ID,
  type LetterOutcome,
} from '@einmal-pin/wire/print-hand-over'
import type { Connection } from '../connection.ts'
import { CommandError, expectValue, type Outcome } from '../outcome.ts'

/** JSON as in print-status, or CSV with the header `letterId,outcome,printedOn,postedOn`. */
export async function importStatus({ client }: Connection, file: string): Promise<Outcome> {
  const text = await textOf(file)
  const letters = text.trimStart().startsWith('{') ? fromJson(text) : fromCsv(text)
  const report = expectValue(await client.letterStatus({ letters }))
  const lines = [
    `${report.applied} letters changed, ${report.unchanged} known already, ${report.replaced} spoiled ones ordered anew with a new PIN.`,
    ...report.unknown.map((letterId) => `${letterId}: no letter of this name was handed over`),
  ]
  return { json: report, text: lines.join('\n'), ok: report.unknown.length === 0 }
}

/** CSV with the header `letterId`: ids, or what a scanner reads from a page. */
export async function importReturns(
  { client }: Connection,
  file: string,
  skipBad: boolean,
): Promise<Outcome> {
  const [head, ...lines] = linesOf(await textOf(file))
  if (head?.text !== 'letterId') throw bad(1, 'the header must be "letterId"')
  const wrong = lines.find(({ text }) => !isMark(text))
  if (wrong !== undefined && !skipBad)
    throw bad(wrong.line, 'this is no letter id and no page mark')
  const letterIds = lines.map(({ text }) => text).filter(isMark)
  const report = expectValue(await client.letterReturns({ letterIds }))
  const text = [
    `${report.returned} letters came back: their PINs are frozen, each case has a task. ${report.unchanged} known already.`,
    ...report.unknown.map((letterId) => `${letterId}: there is no such letter`),
    ...report.notPosted.map((letterId) => `${letterId}: was never posted`),
  ]
  const isClean = report.unknown.length + report.notPosted.length === 0
  return { json: report, text: text.join('\n'), ok: isClean }
}

const isMark = (text: string): boolean => LETTER_ID.test(text.replace(/;\d+\/\d+$/, ''))

async function textOf(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch {
    const text = `${file} cannot be read as UTF-8.`
    throw new CommandError(text, { code: 'cli.file', detail: text })
  }
}

/** Lines that hold something, with their numbers from 1; quotes around a value go. */
const linesOf = (text: string) =>
  text
    .split(/\r?\n/)
    .map((line, index) => ({ text: line.replaceAll('"', '').trim(), line: index + 1 }))
    .filter((line) => line.text !== '')

function bad(line: number, what: string): CommandError {
  const text = `line ${line}: ${what}. Nothing was imported.`
  return new CommandError(text, { code: 'cli.file', detail: text })
}

function fromJson(text: string): readonly LetterOutcome[] {
  try {
    const value: unknown = JSON.parse(text)
    if (isPrintStatus(value)) return value.letters
  } catch {
    // The same advice as for another document.
  }
  throw bad(1, 'this is no status file: docs/cli.md shows one')
}

function fromCsv(text: string): readonly LetterOutcome[] {
  const [head, ...lines] = linesOf(text)
  const columns = head?.text.split(',') ?? []
  if (columns.join() !== 'letterId,outcome,printedOn,postedOn') {
    throw bad(1, 'the header must be "letterId,outcome,printedOn,postedOn"')
  }
  return lines.map(({ text: row, line }) => {
    const [letterId, outcome, printedOn = '', postedOn = ''] = row.split(',')
    for (const [field, day] of [
      ['printedOn', printedOn],
      ['postedOn', postedOn],
    ] as const) {
      if (day !== '' && !parseCalendarDate(day).ok)
        throw bad(line, `field ${field}: no calendar date`)
    }
    const value = {
      ...{ letterId, outcome },
      ...(printedOn !== '' && { printedOn }),
      ...(postedOn !== '' && { postedOn }),
    }
    if (isLetterOutcome(value)) return value
    throw bad(line, 'outcome is printed, posted (with postedOn), spoiled or stopped')
  })
}
