// einmal-pin letters run: start a print run, watch it, pause, release and cancel it.
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunControl } from '@einmal-pin/domain/print-run'
import type { StuckRun } from '@einmal-pin/wire/cli-documents'
import { ERRORS, isErrorCode } from '@einmal-pin/wire/errors'
import type { PrintRun, PrintRunSummary } from '@einmal-pin/wire/office-api'
import type { Connection } from '../connection.ts'
import { CommandError, expectValue, type Outcome, success } from '../outcome.ts'
import { table } from '../table.ts'

const POLL_MILLISECONDS = 300
/** Nothing moving for so long means that something is away: the portal, the print centre's key. */
const STUCK_MILLISECONDS = 120_000
const BAR_WIDTH = 24

export async function startPrintRun(
  connection: Connection,
  progress: (line: string) => void,
  release: boolean,
): Promise<Outcome> {
  const run = expectValue(await connection.client.startRun({ release }))
  progress(`run ${run.runId}: ${run.ordered} letters`)
  const isMoving = ({ state }: PrintRun) =>
    state === 'making' || (release && (state === 'checked' || state === 'released'))
  return outcomeOf(await watchRun(connection, run, progress, isMoving))
}

export async function listRuns({ client }: Connection): Promise<Outcome> {
  const list = expectValue(await client.printRuns())
  const rows = list.runs.map((run) => [
    ...[run.runId, run.state, run.createdAt.slice(0, 16), `${run.ordered}`, `${run.open}`],
    ...[`${run.handedOver}`, `${run.withdrawn}`, `${run.refusals}`],
  ])
  const head = ['run', 'state', 'started', 'ordered', 'open', 'left', 'withdrawn', 'refused']
  const waiting = `${list.waiting} letters wait for a run.`
  return success(list, rows.length === 0 ? waiting : `${table(head, rows)}\n${waiting}`)
}

export const showRun = async ({ client }: Connection, runId: string): Promise<Outcome> => {
  const run = expectValue(await client.printRun(runId))
  return success(run, textOf(run))
}

export const changeRun = async (
  { client }: Connection,
  runId: string,
  control: RunControl,
): Promise<Outcome> => {
  const run = expectValue(await client.controlRun(runId, control))
  return success(run, textOf(run))
}

/** Follows a run while `isMoving`. Throws CommandError with a StuckRun when nothing moves for two minutes. */
export async function watchRun(
  { client }: Connection,
  started: PrintRun,
  progress: (line: string) => void,
  isMoving: (run: PrintRun) => boolean,
): Promise<PrintRun> {
  let run = started
  let last = ''
  let movedAt = performance.now()
  while (isMoving(run)) {
    if (lineOf(run) !== last) {
      last = lineOf(run)
      movedAt = performance.now()
      progress(`${barOf(run)} ${last}`)
    }
    if (performance.now() - movedAt > STUCK_MILLISECONDS) throw stuck(run)
    await sleep(POLL_MILLISECONDS)
    run = expectValue(await client.printRun(run.runId))
  }
  return run
}

/** Refused letters and a run that was stopped or waits for a fault are no success: somebody has to look. */
export function outcomeOf(run: PrintRun): Outcome {
  return { json: run, text: textOf(run), ok: run.refusals === 0 && run.code === null }
}

/** Half of the bar is the making, which takes the time, the other half the leaving. */
function barOf({ ordered, made, refusals, open }: PrintRunSummary): string {
  const done =
    ordered === 0 ? 1 : (Math.min(made + refusals, ordered) + ordered - open) / 2 / ordered
  const full = Math.round(done * BAR_WIDTH)
  const percent = `${Math.floor(done * 100)}`.padStart(3)
  return `[${'#'.repeat(full)}${'-'.repeat(BAR_WIDTH - full)}] ${percent} %`
}

const lineOf = (run: PrintRunSummary): string =>
  `${run.ordered} ordered, ${run.made} made, ${run.published} published, ${run.handedOver} handed over, ${run.withdrawn} withdrawn, ${run.refusals} refused`

const ADVICE: Partial<Record<PrintRun['state'], string>> = {
  checked: 'All letters are checked. Let them leave with: einmal-pin letters run release',
  paused: 'Paused. Go on with: einmal-pin letters run resume',
  stopped:
    'A letter was wrong: nothing of this run leaves. Find the reason, then: einmal-pin letters run cancel',
}

function textOf(run: PrintRun): string {
  const advice = ADVICE[run.state]
  const refused = run.refused.map(({ caseRef, code }) => `${caseRef}: ${code}`)
  const check = `checked by the second program: ${run.check.letters}, PIN tried: ${run.check.sampled}`
  return [
    `run ${run.runId}: ${run.state}`,
    ...reasonOf(run),
    lineOf(run),
    check,
    ...(advice === undefined ? [] : [`${advice} ${run.runId}`]),
    ...refused,
  ].join('\n')
}

function reasonOf({ code, place }: PrintRunSummary): readonly string[] {
  if (code === null) return []
  const text = isErrorCode(code) ? ERRORS[code].en : ''
  return [`${place === null ? '' : `${place}: `}${text} (${code})`]
}

function stuck(run: PrintRun): CommandError {
  const text =
    `The print run ${run.runId} does not move (${lineOf(run)}). It goes on by itself ` +
    'once portal and print centre can be reached: try "einmal-pin doctor".'
  const document: StuckRun = { ...run, code: 'run.stuck', detail: text }
  return new CommandError(text, document)
}
