// How helpful people found the public pages, month by month.
import type { FeedbackReport } from '@einmal-pin/wire/feedback'
import { sql } from 'kysely'
import type { OfficeQueryable } from './store/office-database.ts'

/** Two years of six lines each. */
const MOST_LINES = 150

export async function reportFeedback(db: OfficeQueryable): Promise<FeedbackReport> {
  const sumOf = (helpful: 'yes' | 'no') =>
    sql<number>`coalesce(sum(count) filter (where helpful = ${helpful}), 0)::int`
  const rows = await db
    .selectFrom('feedback')
    .select([
      sql<string>`to_char(day, 'YYYY-MM')`.as('month'),
      'page',
      'language',
      sumOf('yes').as('yes'),
      sumOf('no').as('no'),
    ])
    .groupBy([sql`1`, 'page', 'language'])
    .orderBy('month', 'desc')
    .orderBy('page', 'desc')
    .orderBy('language')
    .limit(MOST_LINES)
    .execute()
  return { months: rows as FeedbackReport['months'] }
}
