// The id of a case as people give it: the id itself, or the Aktenzeichen of exactly one case.
import { parseCaseId } from '@einmal-pin/domain/ids'
import type { Connection } from './connection.ts'
import { CommandError, expectValue } from './outcome.ts'

export async function caseIdOf({ client }: Connection, given: string): Promise<string> {
  if (parseCaseId(given).ok) return given
  const { cases } = expectValue(await client.cases({ caseRef: given.normalize('NFC').trim() }))
  if (cases[0] !== undefined) return cases[0].caseId
  const text = `There is no case with the id or reference ${given}.`
  throw new CommandError(text, { code: 'case.none', status: 404, detail: text })
}
