// Counters of "Waren diese Informationen hilfreich?": by day, page, language and answer, and of nobody.
import type { Clock } from '@einmal-pin/platform/clock'
import type { Queryable } from '@einmal-pin/platform/database'
import { FEEDBACK_DAYS, type Feedback, type FeedbackCounts } from '@einmal-pin/wire/feedback'
import { sql } from 'kysely'
import type { PortalTables } from './schema.ts'
import { berlinDay } from './times.ts'

type Db = Queryable<PortalTables>

export async function countFeedback(db: Db, clock: Clock, given: Feedback): Promise<void> {
  await db
    .insertInto('feedback')
    .values({ ...given, day: berlinDay(clock), count: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['day', 'page', 'language', 'helpful'])
        .doUpdateSet({ count: sql<number>`feedback.count + 1` }),
    )
    .execute()
}

/** The office takes totals, not steps: fetching twice counts nothing twice, and needs no acknowledgement. */
export async function listFeedback(db: Db, since: string | undefined): Promise<FeedbackCounts> {
  const rows = await db
    .selectFrom('feedback')
    .select(['day', 'page', 'language', 'helpful', 'count'])
    .$if(since !== undefined, (query) => query.where('day', '>=', since ?? ''))
    .orderBy('day')
    .execute()
  return { counts: rows as FeedbackCounts['counts'] }
}

export async function deleteOldFeedback(db: Db, clock: Clock): Promise<void> {
  await db
    .deleteFrom('feedback')
    .where('day', '<', sql<string>`${berlinDay(clock)} - ${sql.lit(FEEDBACK_DAYS)}`)
    .execute()
}
