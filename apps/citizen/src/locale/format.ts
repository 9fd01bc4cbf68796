// Dates, times, sizes and amounts as the language on screen writes them; times are Berlin's.
import { BERLIN } from '@einmal-pin/domain/calendar-date'
import { currentLocale } from './locale.svelte.ts'

const tag = (): string => (currentLocale() === 'en' ? 'en-GB' : 'de-DE')

const TWO = '2-digit' as const

/** "24.12.2026" or "24/12/2026" of `YYYY-MM-DD`. */
export function formatDay(day: string): string {
  const date = new Date(`${day}T12:00:00Z`)
  const options = { day: TWO, month: TWO, year: 'numeric' } as const
  return new Intl.DateTimeFormat(tag(), options).format(date)
}

/** "Donnerstag, 24. Dezember 2026". */
export function formatLongDay(day: string): string {
  const date = new Date(`${day}T12:00:00Z`)
  const options = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const
  return new Intl.DateTimeFormat(tag(), options).format(date)
}

/** "14:32". */
export function formatTime(instant: string | Date): string {
  const options = { hour: TWO, minute: TWO, timeZone: BERLIN } as const
  return new Intl.DateTimeFormat(tag(), options).format(new Date(instant))
}

/** "24.12.2026, 14:32". */
export function formatInstant(instant: string): string {
  const options = {
    day: TWO,
    month: TWO,
    year: 'numeric',
    hour: TWO,
    minute: TWO,
    timeZone: BERLIN,
  } as const
  return new Intl.DateTimeFormat(tag(), options).format(new Date(instant))
}

/** "1,4 MB"; small files in KB. */
export function formatBytes(bytes: number): string {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, 'KB'] : [bytes / 1_000_000, 'MB']
  const digits = value < 10 ? 1 : 0
  return `${new Intl.NumberFormat(tag(), { maximumFractionDigits: digits }).format(value)} ${unit}`
}

/** The two numbers of "1,2 von 3,4 MB": the unit is said once if it is the same. */
export function formatProgress(sent: number, total: number): { sent: string; total: string } {
  const [left, right] = [formatBytes(sent), formatBytes(total)]
  const [number = '', unit] = left.split(' ')
  return { sent: right.endsWith(` ${unit}`) ? number : left, total: right }
}

/** "1:05" of seconds, for a countdown. */
export const formatCountdown = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
