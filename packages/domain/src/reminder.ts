// When a person who has not sent anything is reminded of the letter: one letter without a PIN.
import { addDays, type CalendarDate } from './calendar-date.ts'

/** A reminder that arrives when hardly a day is left makes people angry, not faster: post takes up to three days. */
export const REMINDER_DAYS_LEFT = 5

/**
 * Due from `letterDate + reminderDay` on (domain.md 4.6: day 17 to 20), also when a night was missed, and as long as
 * enough days are left to answer. `reminderDay` 0: nobody is reminded.
 */
export function isReminderDue(
  { letterDate, lastDay }: { readonly letterDate: CalendarDate; readonly lastDay: CalendarDate },
  reminderDay: number,
  today: CalendarDate,
): boolean {
  if (reminderDay === 0) return false
  return today >= addDays(letterDate, reminderDay) && addDays(today, REMINDER_DAYS_LEFT) <= lastDay
}
