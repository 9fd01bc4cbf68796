// Moves print runs on whose letters allow it.
import { type SqlBool, sql } from 'kysely'
import { record } from '../audit/audit.ts'
import type { Office } from '../office.ts'

/** An order in one of these states needs nothing more from its run. */
export const FINISHED_STATES = ['handedOver', 'withdrawn', 'refused'] as const

/**
 * Moves every run whose letters allow it: made and accepted, so checked; then released where nobody has to say so; and done once
 * every letter has left or will not leave.
 */
export async function settleRuns({ database, clock }: Office): Promise<void> {
  const db = database.kysely
  await db
    .updateTable('print_runs')
    .set({ state: 'checked' })
    .where('state', '=', 'making')
    .where(hasNone(['waiting', 'making', 'made']))
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
    .where(hasOnly(FINISHED_STATES))
    .execute()
}

const hasNone = (states: readonly string[]) =>
  sql<SqlBool>`not exists (select 1 from letter_orders o where o.run_id = print_runs.run_id
    and o.state = any(${states}::text[]))`

const hasOnly = (states: readonly string[]) =>
  sql<SqlBool>`not exists (select 1 from letter_orders o where o.run_id = print_runs.run_id
    and not o.state = any(${states}::text[]))`
