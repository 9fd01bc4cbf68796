// einmal-pin letters status and letters returns: files of the print centre and of the post room, read line by line.
import { readFile } from 'node:fs/promises'
import { ERRORS } from '@einmal-pin/wire/errors'
import { type LetterFile, readReturnsFile, readStatusFile } from '@einmal-pin/wire/letter-files'
import type { Connection } from '../connection.ts'
import { CommandError, expectValue, type Outcome } from '../outcome.ts'

/** JSON as in print-status, or CSV with the header `letterId,outcome,printedOn,postedOn`. */
export async function importStatus({ client }: Connection, file: string): Promise<Outcome> {
  const letters = valuesOf(readStatusFile(await textOf(file)), false)
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
  const letterIds = valuesOf(readReturnsFile(await textOf(file)), skipBad)
  const report = expectValue(await client.letterReturns({ letterIds }))
  const text = [
    `${report.returned} letters came back: their PINs are frozen, each case has a task. ${report.unchanged} known already.`,
    ...report.unknown.map((letterId) => `${letterId}: there is no such letter`),
    ...report.notPosted.map((letterId) => `${letterId}: was never posted`),
  ]
  const isClean = report.unknown.length + report.notPosted.length === 0
  return { json: report, text: text.join('\n'), ok: isClean }
}

async function textOf(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file))
  } catch {
    throw refused(`${file} cannot be read as UTF-8.`)
  }
}

/** Throws CommandError with every bad line, unless they are to be skipped and good ones are left. */
function valuesOf<T>({ rows, problems }: LetterFile<T>, skipBad: boolean): readonly T[] {
  if (rows.length > 0 && (skipBad || problems.length === 0)) return rows.map(({ value }) => value)
  const lines = problems.map(({ line, field, code }) => {
    const where = field === '' ? `line ${line}` : `line ${line}, field ${field}`
    return `${where}: ${ERRORS[code].en} (${code})`
  })
  throw refused([...lines, 'Nothing was imported.'].join('\n'))
}

function refused(text: string): CommandError {
  return new CommandError(text, { code: 'cli.file', detail: text })
}
