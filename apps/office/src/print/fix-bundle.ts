// Fixes in the database which letters make the next bundle, in the order of the franking, before a file of it is written.
import { sql } from 'kysely'
import { newBundleId } from '../letters/print-bundle.ts'
import type { Office } from '../office.ts'

/** A bundle is printed in one go; more letters make more bundles. */
const LETTERS_PER_BUNDLE = 500

/** The next letters of a released run in the order of the franking (byDestination says the same); one run's bundles count on. */
export async function fixBundle({ database, clock }: Office): Promise<string | undefined> {
  return database.transaction(async (transaction) => {
    const run = await transaction
      .selectFrom('print_runs')
      .select('run_id')
      .where('state', '=', 'released')
      .where(
        sql<boolean>`exists (select 1 from letter_orders o
          where o.run_id = print_runs.run_id and o.state = 'published')`,
      )
      .orderBy('letters')
      .orderBy('created_at')
      .limit(1)
      .forShare()
      .executeTakeFirst()
    if (run === undefined) return undefined
    const orders = await transaction
      .selectFrom('letter_orders')
      .innerJoin('cases', 'cases.case_id', 'letter_orders.case_id')
      .select('order_id')
      .where('run_id', '=', run.run_id)
      .where('letter_orders.state', '=', 'published')
      .orderBy(sql`cases.country <> 'DE'`)
      .orderBy(sql`cases.country collate "C"`)
      .orderBy(sql`cases.postcode collate "C"`)
      .orderBy(sql`letter_id collate "C"`)
      .limit(LETTERS_PER_BUNDLE)
      .execute()
    if (orders.length === 0) return undefined
    const bundleId = newBundleId()
    const bundle = { bundle_id: bundleId, run_id: run.run_id, created_at: clock.sqlOnce } as const
    await transaction
      .insertInto('bundles')
      .values({ ...bundle, state: 'writing' })
      .execute()
    await transaction
      .updateTable('letter_orders')
      .set({ state: 'bundled', bundle_id: bundleId })
      .where(
        'order_id',
        'in',
        orders.map(({ order_id }) => order_id),
      )
      // A move may have thrown it away since it was read.
      .where('state', '=', 'published')
      .execute()
    return bundleId
  })
}

/** One more than the last number of the run: bundles of a run leave one after the other. */
export async function nextSeq({ database }: Office, runId: string | null): Promise<number> {
  if (runId === null) return 1
  const row = await database.kysely
    .selectFrom('letter_orders')
    .select(sql<number>`coalesce(max(seq), 0)::int + 1`.as('next'))
    .where('run_id', '=', runId)
    .executeTakeFirstOrThrow()
  return row.next
}
