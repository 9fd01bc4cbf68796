// Public holidays of the two regions that tenants name so far: Saxony and Thuringia.
import { addDays, type CalendarDate, weekdayOf } from './calendar-date.ts'

/** ISO 3166-2:DE without the country: Saxony, Thuringia. */
export type Region = 'SN' | 'TH'

const FIXED: readonly string[] = ['01-01', '05-01', '10-03', '10-31', '12-25', '12-26']
// Good Friday, Easter Monday, Ascension, Whit Monday: days from Easter Sunday.
const AROUND_EASTER = [-2, 1, 39, 50] as const

/** Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's rule). */
export function easterSunday(year: number): CalendarDate {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const leapless = Math.floor(century / 4)
  const lunar = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * golden + century - leapless - lunar + 15) % 30
  const leaps = Math.floor((year % 100) / 4)
  const toSunday = (32 + 2 * (century % 4) + 2 * leaps - epact - (year % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451)
  return addDays(`${year}-03-22` as CalendarDate, epact + toSunday - 7 * late)
}

// Buß- und Bettag: the Wednesday before 23 November (§1 SächsSFG), so between the 16th and the 22nd.
function dayOfRepentance(year: number): CalendarDate {
  const latest = `${year}-11-22` as CalendarDate
  return addDays(latest, -((weekdayOf(latest) + 4) % 7))
}

/** All holidays of a whole region; those of single communities (Corpus Christi) are left out. */
export function holidaysOf(year: number, region: Region): readonly CalendarDate[] {
  const easter = easterSunday(year)
  return [
    ...FIXED.map((day) => `${year}-${day}` as CalendarDate),
    ...AROUND_EASTER.map((days) => addDays(easter, days)),
    // Weltkindertag is a holiday in Thuringia since 2019.
    region === 'SN' ? dayOfRepentance(year) : (`${year}-09-20` as CalendarDate),
  ].sort()
}

/** Monday to Friday and no holiday of the region. */
export function isWorkday(date: CalendarDate, region: Region): boolean {
  const year = Number(date.slice(0, 4))
  return weekdayOf(date) <= 5 && !holidaysOf(year, region).includes(date)
}

/**
 * The day on which a response deadline ends: one that falls on a Saturday, Sunday or holiday moves to the
 * next working day (§26(3) SGB X). This is never applied to a PIN's last day (validity.ts).
 */
export function responseDeadline(nominal: CalendarDate, region: Region): CalendarDate {
  let day = nominal
  while (!isWorkday(day, region)) day = addDays(day, 1)
  return day
}
