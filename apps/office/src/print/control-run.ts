// What people and the letter check do with a print run: pause, resume, release, cancel, stop.
import {
  nextPrintRunState,
  type PrintRunEvent,
  type RunControl,
} from '@einmal-pin/domain/print-run'
import { problem } from '@einmal-pin/wire/problem'
import { sql } from 'kysely'
import { type Actor, type AuditAction, record } from '../audit/audit.ts'
import type { Office } from '../office.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import { openTask } from '../tasks.ts'
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
    const letters = control === 'cancel' ? await throwAway(transaction, office, runId) : undefined
    const detail = letters === undefined ? {} : { letters }
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
  await transaction.updateTable('print_runs').set({ code }).where('run_id', '=', runId).execute()
  await openTask(transaction, clock, { kind: 'runStopped', caseId: null, code: `${code} ${runId}` })
  const action = 'run.stopped'
  await record(transaction, clock, { actor: 'office', action, subject: runId, detail: { code } })
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

/**
 * Moves every run whose letters allow it: made and accepted, so checked; then released where nobody has to say so; and done once
 * every letter has left or will not leave.
 */
export async function settleRuns({ database, clock }: Office): Promise<void> {
  const db = database.kysely
  const without = (states: readonly string[], not = false) =>
    sql<boolean>`not exists (select 1 from letter_orders o where o.run_id = print_runs.run_id
      and ${not ? sql`o.state not in` : sql`o.state in`} (${sql.join(states)}))`
  await db
    .updateTable('print_runs')
    .set({ state: 'checked' })
    .where('state', '=', 'making')
    .where(without(['waiting', 'making', 'made']))
    .execute()
  await database.transaction(async (transaction) => {
    const released = await transaction
      .updateTable('print_runs')
      .set({ state: 'released' })
      .where('state', '=', 'checked')
      .where('auto_release', '=', true)
      .returning('run_id')
      .execute()
    for (const { run_id: subject } of released) {
      const entry = { actor: 'office', action: 'run.released', subject } as const
      await record(transaction, clock, entry)
    }
  })
  await db
    .updateTable('print_runs')
    .set({ state: 'done' })
    .where('state', '=', 'released')
    .where(without(FINISHED, true))
    .execute()
}

/** An order in one of these states needs nothing more from its run. */
const FINISHED = ['handedOver', 'withdrawn', 'refused']
