// The nightly look for letters that nobody has answered: each gets one reminder, without a PIN.
import { addDays, type CalendarDate } from '@einmal-pin/domain/calendar-date'
import { isReminderDue } from '@einmal-pin/domain/reminder'
import { newId } from '@einmal-pin/vault/random'
import { record } from '../audit/audit.ts'
import { todayIn } from '../cases/today.ts'
import type { Office } from '../office.ts'
import { startRun } from './start-run.ts'

/** In one transaction; a run of a hundred thousand is reminded in several nights' rounds. */
const AT_ONCE = 5_000

/**
 * Orders what is due and starts a run for it; returns how many. Begun and not begun are reminded alike; what was answered, ended or
 * replaced is not, and is asked again when the letter is made and when it leaves. A letter that never left is not reminded of.
 */
export async function remind(office: Office): Promise<number> {
  const { database, clock, tenant } = office
  const today = await todayIn(database.kysely, clock)
  if (tenant.reminderDay === 0) return 0
  const ordered = await database.transaction(async (transaction) => {
    const rows = await transaction
      .selectFrom('rounds')
      .innerJoin('cases', 'cases.case_id', 'rounds.case_id')
      .select(['rounds.case_id', 'round', 'letter_date', 'last_day'])
      .where('rounds.pin_state', '=', 'live')
      .where('reminded_on', 'is', null)
      .where('letter_state', '=', 'posted')
      .where('letter_date', '<=', addDays(today, -tenant.reminderDay))
      .where('last_day', '>', today)
      .where('cases.state', 'in', ['published', 'begun'])
      .orderBy('rounds.case_id')
      .limit(AT_ONCE)
      .forUpdate('rounds')
      .skipLocked()
      .execute()
    const due = rows.filter(({ letter_date, last_day }) => {
      const days = {
        letterDate: letter_date as CalendarDate,
        lastDay: last_day as CalendarDate,
      }
      return isReminderDue(days, tenant.reminderDay, today)
    })
    if (due.length === 0) return 0
    for (const { case_id: caseId, round } of due) {
      await transaction
        .updateTable('rounds')
        .set({ reminded_on: today })
        .where('case_id', '=', caseId)
        .where('round', '=', round)
        .execute()
      await transaction
        .insertInto('letter_orders')
        .values({
          ...{ order_id: newId(), case_id: caseId, kind: 'reminder', reissue: 'none' },
          ...{ state: 'waiting', ordered_at: clock.sql, ordered_by: 'office' },
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      const action = 'reminder.ordered'
      await record(transaction, clock, { actor: 'office', action, subject: caseId, round })
    }
    const caseIds = due.map(({ case_id }) => case_id)
    await startRun(transaction, clock, 'office', { caseIds, kind: 'reminder' })
    return due.length
  })
  if (ordered > 0) office.poke()
  return ordered
}
