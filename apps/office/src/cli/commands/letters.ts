// einmal-pin letters: print everything that waits, and watch it until the last letter has left.
import { setTimeout as sleep } from 'node:timers/promises'
import type { StuckRun } from '@einmal-pin/wire/cli-documents'
import type { PrintRun } from '@einmal-pin/wire/office-api'
import type { Connection } from '../connection.ts'
import { CommandError, expectValue, type Outcome } from '../outcome.ts'

const POLL_MILLISECONDS = 300
/** Nothing moving for so long means that something is away: the portal, the print centre's key. */
const STUCK_MILLISECONDS = 120_000

export async function printLetters(
  { client }: Connection,
  progress: (line: string) => void,
): Promise<Outcome> {
  let run = expectValue(await client.printLetters())
  let last = ''
  let movedAt = performance.now()
  while (run.state === 'running') {
    if (lineOf(run) !== last) {
      last = lineOf(run)
      movedAt = performance.now()
      progress(last)
    }
    if (performance.now() - movedAt > STUCK_MILLISECONDS) throw stuck(run)
    await sleep(POLL_MILLISECONDS)
    run = expectValue(await client.printRun(run.runId))
  }
  const refused = run.refused.map(({ caseRef, code }) => `${caseRef}: ${code}`)
  return { json: run, text: [lineOf(run), ...refused].join('\n'), ok: run.refused.length === 0 }
}

const lineOf = ({ ordered, made, published, handedOver, withdrawn, refused }: PrintRun): string =>
  `${ordered} ordered, ${made} made, ${published} published, ${handedOver} handed over, ${withdrawn} withdrawn, ${refused.length} refused`

function stuck(run: PrintRun): CommandError {
  const text =
    `The print run ${run.runId} does not move (${lineOf(run)}). It goes on by itself ` +
    'once portal and print centre can be reached: try "einmal-pin doctor".'
  const document: StuckRun = { ...run, code: 'run.stuck', detail: text }
  return new CommandError(text, document)
}
