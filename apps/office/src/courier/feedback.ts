// Counters of "Waren diese Informationen hilfreich?": fetched as totals, so that coming again counts nothing twice.
import { addDays, type CalendarDate, parseCalendarDate } from '@einmal-pin/domain/calendar-date'
import { FEEDBACK_DAYS, type FeedbackCount } from '@einmal-pin/wire/feedback'
import { sql } from 'kysely'
import { todayIn } from '../cases/today.ts'
import type { Office } from '../office.ts'
import type { PortalLink } from './link.ts'
import type { StepResult } from './step.ts'

export async function fetchFeedback(office: Office, link: PortalLink): Promise<StepResult> {
  const answer = await link.feedback(await newestDay(office))
  if (!answer.ok) return answer.code === 'network' ? 'unreachable' : 'failed'
  await keepTotals(office, answer.value.counts)
  return 'done'
}

/** Days that are over do not grow any more: only the newest known one, and what follows it, can bring something. */
async function newestDay({ database }: Office): Promise<string | undefined> {
  const row = await database.kysely
    .selectFrom('feedback')
    .select((eb) => eb.fn.max('day').as('day'))
    .executeTakeFirst()
  return row?.day ?? undefined
}

/** A restored portal may count less than before: the higher total stands. */
async function keepTotals({ database, clock }: Office, counts: readonly FeedbackCount[]) {
  const today = await todayIn(database.kysely, clock)
  const plausible = counts.filter(({ day }) => isRecent(day, today))
  if (plausible.length === 0) return
  await database.kysely
    .insertInto('feedback')
    .values(eachOnce(plausible))
    .onConflict((conflict) =>
      conflict
        .columns(['day', 'page', 'language', 'helpful'])
        .doUpdateSet({ count: sql<number>`excluded.count` })
        .where(sql<boolean>`excluded.count > feedback.count`),
    )
    .execute()
}

/** A portal that lies must not fill the table, nor put off for ever what comes after an invented day. */
function isRecent(day: string, today: CalendarDate): boolean {
  const parsed = parseCalendarDate(day)
  return parsed.ok && parsed.value <= today && parsed.value >= addDays(today, -FEEDBACK_DAYS - 1)
}

/** One statement may touch a row once. */
function eachOnce(counts: readonly FeedbackCount[]): FeedbackCount[] {
  const keyOf = (of: FeedbackCount) => [of.day, of.page, of.language, of.helpful].join(' ')
  return [...new Map(counts.map((entry) => [keyOf(entry), entry])).values()]
}
