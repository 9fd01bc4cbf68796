// Starts a print run: the waiting orders become its own in one transaction, everything else happens step by step after it.
import type { Clock } from '@einmal-pin/platform/clock'
import { newId } from '@einmal-pin/vault/random'
import { type Actor, record } from '../audit/audit.ts'
import type { OfficeTransaction } from '../store/office-database.ts'

/** All waiting orders, or only those of `caseIds`. Returns the run's id; a run without letters is done at once. */
export async function startRun(
  transaction: OfficeTransaction,
  clock: Clock,
  actor: Actor,
  caseIds?: readonly string[],
): Promise<string> {
  const runId = newId()
  const run = { run_id: runId, state: 'running', created_at: clock.sql, created_by: actor } as const
  await transaction.insertInto('print_runs').values(run).execute()
  let take = transaction
    .updateTable('letter_orders')
    .set({ run_id: runId, state: 'making' })
    .where('state', '=', 'waiting')
  if (caseIds !== undefined) take = take.where('case_id', 'in', [...caseIds])
  const taken = await take.executeTakeFirst()
  const letters = Number(taken.numUpdatedRows)
  await record(transaction, clock, {
    actor,
    action: 'run.started',
    subject: runId,
    detail: { letters },
  })
  return runId
}
