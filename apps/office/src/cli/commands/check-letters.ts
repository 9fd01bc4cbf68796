// einmal-pin letters check: the folder of letter templates and texts, without an office.
import { resolve } from 'node:path'
import type { LettersCheckReport } from '@einmal-pin/wire/cli-documents'
import { checkLetters } from '../../letters/check-letters.ts'
import { lettersFolder } from '../../letters/letters-folder.ts'
import { readSpecimens } from '../../letters/specimen.ts'
import type { Outcome } from '../outcome.ts'

/** Without a path the folder that the office prints from. */
export async function checkLettersFolder(
  environment: NodeJS.ProcessEnv,
  path: string | undefined,
): Promise<Outcome> {
  const folder = path === undefined ? lettersFolder(environment) : resolve(path)
  const { letters, findings } = await checkLetters(folder, await readSpecimens(environment))
  const report: LettersCheckReport = {
    ok: findings.length === 0,
    ...{ folder, letters, findings: [...findings] },
  }
  const lines = findings.map(({ place, code, message }) => `${place}: ${code}: ${message}`)
  const counts = `${letters} letters set, ${findings.length} mistakes.`
  return { json: report, text: [...lines, counts].join('\n'), ok: report.ok }
}
