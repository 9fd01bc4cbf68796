// What people and the letter check do with a print run: pause, resume, release, cancel, stop.
import {
  nextPrintRunState,
  type PrintRunEvent,
  type RunControl,
} from '@einmal-pin/domain/print-run'
import { problem } from '@einmal-pin/wire/problem'
import { type Actor, type AuditAction, record } from '../audit/audit.ts'
import type { Office } from '../office.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import { openTask, withdrawTasks } from '../tasks.ts'
import { throwAway } from './throw-away.ts'

const ACTIONS = {
  pause: 'run.paused',
  resume: 'run.resumed',
  release: 'run.released',
  cancel: 'run.cancelled',
} as const satisfies Record<RunControl, AuditAction>

/** Throws `run.none` or `run.transition`. */
export async function controlRun(
  office: Office,
  runId: string,
  control: RunControl,
  actor: Actor,
): Promise<void> {
  await office.database.transaction(async (transaction) => {
    if (!(await moveRun(transaction, runId, control))) throw problem('run.transition')
    if (control === 'resume' || control === 'cancel') {
      await forgetReason(transaction, office, runId, actor)
    }
    const thrown =
      control === 'cancel' ? await throwAway(transaction, office, { runId }) : undefined
    const detail = thrown === undefined ? {} : { letters: thrown.thrown }
    await record(transaction, office.clock, {
      ...{ actor, action: ACTIONS[control], subject: runId, detail },
    })
  })
  office.poke()
}

/** One wrong letter: nobody knows how many others are, so none of the run leaves. A run that is over stays as it is. */
export async function stopRun(
  transaction: OfficeTransaction,
  { clock }: Pick<Office, 'clock'>,
  runId: string,
  code: string,
): Promise<void> {
  if (!(await moveRun(transaction, runId, 'stop'))) return
  await forgetReason(transaction, { clock }, runId, 'office')
  await transaction.updateTable('print_runs').set({ code }).where('run_id', '=', runId).execute()
  await openTask(transaction, clock, { kind: 'runStopped', caseId: null, code: `${code} ${runId}` })
  const action = 'run.stopped'
  await record(transaction, clock, { actor: 'office', action, subject: runId, detail: { code } })
}

/** The letters folder is broken: no letter of the run can be made before somebody has mended it and resumes the run. */
export async function holdRun(
  transaction: OfficeTransaction,
  { clock }: Pick<Office, 'clock'>,
  reason: { readonly runId: string; readonly code: string; readonly place: string | null },
): Promise<void> {
  const { runId, code, place } = reason
  if (!(await moveRun(transaction, runId, 'pause'))) return
  await transaction
    .updateTable('print_runs')
    .set({ code, place })
    .where('run_id', '=', runId)
    .execute()
  await openTask(transaction, clock, { kind: 'runWaits', caseId: null, code: `${code} ${runId}` })
  await record(transaction, clock, {
    ...{ actor: 'office', action: 'run.paused', subject: runId, detail: { code, place } },
  })
}

async function forgetReason(
  transaction: OfficeTransaction,
  { clock }: Pick<Office, 'clock'>,
  runId: string,
  actor: Actor,
): Promise<void> {
  const { code } = await transaction
    .selectFrom('print_runs')
    .select('code')
    .where('run_id', '=', runId)
    .executeTakeFirstOrThrow()
  if (code === null) return
  await transaction
    .updateTable('print_runs')
    .set({ code: null, place: null })
    .where('run_id', '=', runId)
    .execute()
  for (const kind of ['runWaits', 'runStopped'] as const) {
    const task = { kind, caseId: null, code: `${code} ${runId}`, actor }
    await withdrawTasks(transaction, clock, task)
  }
}

/** Under the run's lock. False when the table does not allow it; throws `run.none`. */
async function moveRun(
  transaction: OfficeTransaction,
  runId: string,
  event: PrintRunEvent,
): Promise<boolean> {
  const run = await transaction
    .selectFrom('print_runs')
    .select('state')
    .where('run_id', '=', runId)
    .forUpdate()
    .executeTakeFirst()
  if (run === undefined) throw problem('run.none')
  const next = nextPrintRunState(run.state, event)
  if (!next.ok) return false
  await transaction
    .updateTable('print_runs')
    .set({ state: next.value })
    .where('run_id', '=', runId)
    .execute()
  return true
}
