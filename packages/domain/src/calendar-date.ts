// Days of the calendar without a time of day: letter dates and last days are counted in these.
import type { Brand } from './brand.ts'
import { err, ok, type Result } from './result.ts'

/** A real day as `YYYY-MM-DD`, years 1000 to 9999. Text order is time order. */
export type CalendarDate = Brand<string, 'CalendarDate'>
export type CalendarDateError = 'date.format' | 'date.notReal'

/** The insurer's legal time. Days of letters, PINs and deadlines begin and end in it. */
export const BERLIN = 'Europe/Berlin'

const DAY_MS = 86_400_000

/** Reads `YYYY-MM-DD`, the form on the wire and in CSV files. */
export function parseCalendarDate(input: string): Result<CalendarDate, CalendarDateError> {
  if (!/^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$/.test(input)) return err('date.format')
  const instant = Date.parse(`${input}T00:00:00Z`)
  const isReal = !Number.isNaN(instant) && fromUtc(instant) === input
  return isReal ? ok(input as CalendarDate) : err('date.notReal')
}

function toUtc(date: CalendarDate): number {
  return Date.parse(`${date}T00:00:00Z`)
}

function fromUtc(instant: number): CalendarDate {
  return new Date(instant).toISOString().slice(0, 10) as CalendarDate
}

/** The day `days` calendar days later (earlier when negative). Counted on the calendar, never in hours. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return fromUtc(toUtc(date) + days * DAY_MS)
}

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return (toUtc(to) - toUtc(from)) / DAY_MS
}

/** 1 = Monday ... 7 = Sunday (ISO 8601). */
export function weekdayOf(date: CalendarDate): number {
  return new Date(toUtc(date)).getUTCDay() || 7
}

const DAY_PARTS = { year: 'numeric', month: '2-digit', day: '2-digit' } as const
const TIME_PARTS = {
  hourCycle: 'h23',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
} as const

// `format` of a day costs a small part of `formatToParts`, and every login asks for one.
const dayFormatFor = rememberedFormats(DAY_PARTS)
const formatFor = rememberedFormats({ ...DAY_PARTS, ...TIME_PARTS })

// Making a formatter costs far more than using it; it holds no state.
function rememberedFormats(
  parts: Intl.DateTimeFormatOptions,
): (timeZone: string) => Intl.DateTimeFormat {
  const made = new Map<string, Intl.DateTimeFormat>()
  return (timeZone) => {
    const format =
      made.get(timeZone) ??
      new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', { ...parts, timeZone })
    made.set(timeZone, format)
    return format
  }
}

function localParts(timeZone: string, instant: Date): Record<string, string> {
  const parts = formatFor(timeZone).formatToParts(instant)
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]))
}

/** The day that `instant` belongs to in `timeZone`. */
export function calendarDateIn(timeZone: string, instant: Date): CalendarDate {
  // American order: 12/31/2026.
  const [month = '', day = '', year = ''] = dayFormatFor(timeZone).format(instant).split('/')
  return `${year.padStart(4, '0')}-${month}-${day}` as CalendarDate
}

// Local time minus UTC, in milliseconds, to the second.
function offsetAt(timeZone: string, instant: number): number {
  const { hour, minute, second } = localParts(timeZone, new Date(instant)) as Record<string, string>
  const local = Date.parse(
    `${calendarDateIn(timeZone, new Date(instant))}T${hour}:${minute}:${second}Z`,
  )
  return local - Math.floor(instant / 1000) * 1000
}

/**
 * The first instant of `date` in `timeZone`. Both offsets around the day are tried, because the clock may
 * change on it; the earlier instant that lies on the day is its start.
 */
export function startOfDay(date: CalendarDate, timeZone: string): Date {
  const midnight = toUtc(date)
  const offsets = [offsetAt(timeZone, midnight - DAY_MS), offsetAt(timeZone, midnight + DAY_MS)]
  const candidates = offsets.map((offset) => midnight - offset).sort((a, b) => a - b)
  const start = candidates.find((instant) => calendarDateIn(timeZone, new Date(instant)) === date)
  return new Date(start ?? midnight)
}

/** TT.MM.JJJJ, the spelling of DIN 5008 in letters and on screen. */
export function formatGerman(date: CalendarDate): string {
  return `${date.slice(8)}.${date.slice(5, 7)}.${date.slice(0, 4)}`
}
