// einmal-pin letters copy: what a letter said, as PDF/A without its PIN, for the archive.
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { LetterCopyReport } from '@einmal-pin/wire/cli-documents'
import { LETTER_ID } from '@einmal-pin/wire/print-hand-over'
import type { Connection } from '../connection.ts'
import { CommandError, expectValue, type Outcome, success, UsageError } from '../outcome.ts'

/** A file that is there already is not written over. */
export async function copyOfLetter(
  { client }: Connection,
  letterId: string,
  given: string | undefined,
): Promise<Outcome> {
  if (!LETTER_ID.test(letterId)) throw new UsageError('letters copy takes the id of a letter')
  const out = resolve(given ?? `${letterId}.pdf`)
  const pdf = expectValue(await client.letterCopy(letterId))
  await writeFile(out, pdf, { mode: 0o600, flag: 'wx' }).catch(() => {
    const text = `${out} cannot be written, or is there already.`
    throw new CommandError(text, { code: 'cli.file', detail: text })
  })
  const report: LetterCopyReport = { letterId, out, bytes: pdf.length }
  return success(report, `${out}: copy of ${letterId} without its PIN`)
}
