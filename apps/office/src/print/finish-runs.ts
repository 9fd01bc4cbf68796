// Closes print runs whose every letter has left, was withdrawn or refused.
import { sql } from 'kysely'
import type { Office } from '../office.ts'
import { FINISHED_STATES } from './print-runs.ts'

export async function finishRuns({ database }: Office): Promise<void> {
  await database.kysely
    .updateTable('print_runs')
    .set({ state: 'done' })
    .where('state', '=', 'running')
    .where(
      sql<boolean>`not exists (select 1 from letter_orders o where o.run_id = print_runs.run_id
        and o.state not in (${sql.join(FINISHED_STATES)}))`,
    )
    .execute()
}
