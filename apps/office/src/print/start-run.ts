// Starts a print run: the waiting orders become its own in one transaction, everything else happens step by step after it.
import type { Clock } from '@einmal-pin/platform/clock'
import { newId } from '@einmal-pin/vault/random'
import { type Actor, record } from '../audit/audit.ts'
import type { OfficeTransaction } from '../store/office-database.ts'

export interface RunOptions {
  /** Only the orders of these cases; else all that wait. */
  readonly caseIds?: readonly string[]
  /** Only letters with a PIN, or only reminders; else both. */
  readonly kind?: 'pin' | 'reminder'
  /** Letters leave as soon as all are checked; else somebody releases them. */
  readonly release?: boolean
}

/** Returns the run's id; a run without letters is done in the next round. */
export async function startRun(
  transaction: OfficeTransaction,
  clock: Clock,
  actor: Actor,
  { caseIds, kind, release = true }: RunOptions = {},
): Promise<string> {
  const runId = newId()
  await transaction
    .insertInto('print_runs')
    .values({
      run_id: runId,
      state: 'making',
      auto_release: release,
      code: null,
      letters: 0,
      created_at: clock.sql,
      created_by: actor,
    })
    .execute()
  let take = transaction
    .updateTable('letter_orders')
    .set({ run_id: runId, state: 'making' })
    .where('state', '=', 'waiting')
  if (caseIds !== undefined) take = take.where('case_id', 'in', [...caseIds])
  if (kind !== undefined) take = take.where('kind', '=', kind)
  const taken = await take.executeTakeFirst()
  const letters = Number(taken.numUpdatedRows)
  await transaction.updateTable('print_runs').set({ letters }).where('run_id', '=', runId).execute()
  const action = 'run.started'
  await record(transaction, clock, { actor, action, subject: runId, detail: { letters, release } })
  return runId
}
