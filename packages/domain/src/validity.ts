// The one definition of "31 days" (domain.md 4.2): which day is the last one, and when exactly it is over.
import { addDays, BERLIN, type CalendarDate, daysBetween, startOfDay } from './calendar-date.ts'

/** Calendar days after the letter date; the promise of the model service. A tenant may set another number. */
export const PIN_VALIDITY_DAYS = 31

/** Days after posting on which a letter counts as delivered, §37(2) SGB X; also on Sundays and holidays. */
const DELIVERY_DAYS = 4

/** Days between letter date and posting from which the office offers a new term ("Frist neu"). */
const LATE_POSTING_DAYS = 3

/**
 * »Wie lange ist die PIN gültig?« Bis 31 Tage nach dem Briefdatum einschließlich.
 *
 * The letter date itself does not count (§187(1) BGB), the last day counts in full (§188(1) BGB). It does
 * not move when it is a Sunday or holiday.
 */
export function lastDay(
  letterDate: CalendarDate,
  validityDays: number = PIN_VALIDITY_DAYS,
): CalendarDate {
  return addDays(letterDate, validityDays)
}

/** The first instant at which the PIN is dead: midnight in Berlin after the last day. */
export function expiresAt(lastDay: CalendarDate): Date {
  return startOfDay(addDays(lastDay, 1), BERLIN)
}

/** Whether the PIN is dead at `now`. There is no grace, not even in an open session. */
export function isExpired(lastDay: CalendarDate, now: Date): boolean {
  return now.getTime() >= expiresAt(lastDay).getTime()
}

/** Days left after `today`: 0 on the last day itself, negative once it is over. */
export function daysLeft(lastDay: CalendarDate, today: CalendarDate): number {
  return daysBetween(today, lastDay)
}

/** The day on which a letter counts as delivered; the earliest reminder is counted from it. */
export function deemedDelivery(postedOn: CalendarDate): CalendarDate {
  return addDays(postedOn, DELIVERY_DAYS)
}

/** Whether the letter left so late that the office should offer a new term. */
export function isPostedLate(letterDate: CalendarDate, postedOn: CalendarDate): boolean {
  return daysBetween(letterDate, postedOn) > LATE_POSTING_DAYS
}

/** The later of the two days: a new term extends, it never shortens. */
export function extendedLastDay(lastDay: CalendarDate, proposed: CalendarDate): CalendarDate {
  return proposed > lastDay ? proposed : lastDay
}
