// Reading and showing dates the way people type them.
import type { Locale } from './definition.ts'

const MONTHS: Readonly<Record<Locale, readonly string[]>> = {
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(
    ' ',
  ),
  'de-simple': [],
  en: 'January February March April May June July August September October November December'.split(
    ' ',
  ),
}

/** Nobody alive was born earlier, and no period of a form ends later. */
const FIRST_YEAR = 1870
const LAST_YEAR = 2199

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

function iso(year: number, month: number, day: number): string | undefined {
  const real =
    year >= FIRST_YEAR &&
    year <= LAST_YEAR &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysIn(year, month)
  if (!real) return undefined
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** The same day of another month, or its last day if it is shorter. Takes and gives ISO days. */
export function monthsLater(day: string, months: number): string | undefined {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months
  const [year, month] = [Math.floor(count / 12), (count % 12) + 1]
  return iso(year, month, Math.min(Number(day.slice(8)), daysIn(year, month)))
}

/** Is it a real day in ISO form (`YYYY-MM-DD`)? */
export function isIsoDate(value: unknown): value is string {
  return typeof value === 'string' && value.length === 10 && readDate(value, value) === value
}

/** Is it a month in ISO form (`YYYY-MM`)? */
export function isIsoMonth(value: unknown): value is string {
  return typeof value === 'string' && isIsoDate(`${value}-01`)
}

/** `26` is 2026 and `55` is 1955: at most ten years ahead, and never ahead if only the past is meant. */
function fullYear(digits: string, today: string, past: boolean): number {
  const year = Number(digits)
  if (digits.length !== 2) return year
  const now = Number(today.slice(0, 4))
  const century = now - (now % 100)
  return century + year > now + (past ? 0 : 10) ? century - 100 + year : century + year
}

/** `Februar`, `Feb`, `Sept.`, `maerz`, `May`; 0 for a word that is the beginning of no month. */
function monthNumber(word: string): number {
  const plain = (name: string) => name.toLowerCase().replace('ä', 'a').replace('ae', 'a')
  const start = plain(word.replace(/\.$/, ''))
  const names = [MONTHS.de, MONTHS.en].map((list) =>
    list.findIndex((name) => plain(name).startsWith(start)),
  )
  return Math.max(...names) + 1
}

/** One kind of blank and one kind of dash, whatever was pasted; without the full stop of a sentence. */
const tidied = (raw: string): string =>
  raw
    .replace(/[\s\p{Z}]+/gu, ' ')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .trim()
    .replace(/(\d{4})\.$/, '$1')

/**
 * Understands `1.2.26`, `01.02.2026`, `1/2/2026`, `1-2-26`, `1 2 26`, `010226`, `01022026`,
 * `1. Februar 2026` and ISO. The day always comes first, as in the letter.
 * @param today ISO date; decides the century of two-digit years
 * @param past only days up to today are meant (birth dates)
 * @returns ISO date, or undefined if it is none
 */
export function readDate(raw: string, today: string, past = false): string | undefined {
  const text = tidied(raw)
  const isoParts = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text)
  if (isoParts) return iso(Number(isoParts[1]), Number(isoParts[3]), Number(isoParts[4]))
  const parts =
    /^(\d{2})(\d{2})(\d{2}|\d{4})$/.exec(text) ??
    /^(\d{1,2})[.\-/ ]+(\d{1,2}|\p{L}{3,9}\.?)[.\-/ ]+(\d{2}|\d{4})$/u.exec(text)
  if (!parts) return undefined
  const [, day = '', month = '', year = ''] = parts
  const number = /^\d/.test(month) ? Number(month) : monthNumber(month)
  return iso(fullYear(year, today, past), number, Number(day))
}

/** Understands `02.2026`, `2/26`, `Februar 2026`, `2026-02`. Returns `YYYY-MM` or undefined. */
export function readMonth(raw: string, today: string): string | undefined {
  const text = tidied(raw)
  const day = /^\d{4}-\d{1,2}$/.test(text) ? `${text}-1` : `1.${text}`
  return readDate(day, today)?.slice(0, 7)
}

/** `14:05`, `14.05`, `14,05`, `14 Uhr`, `14 Uhr 5`, `14:05 h`, `1405` as `HH:MM`, or undefined. */
export function readTime(raw: string): string | undefined {
  const text = tidied(raw).replace(/ ?(uhr|h)$/i, '')
  const parts =
    /^(\d{1,2}) ?uhr ?(\d{1,2})$/i.exec(text) ?? /^(\d{1,2})(?:[:.,h ]?(\d{2}))?$/.exec(text)
  const [hours, minutes] = [Number(parts?.[1] ?? 99), Number(parts?.[2] ?? 0)]
  if (hours > 23 || minutes > 59) return undefined
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
}

/** German `01.02.2026`, English `1 February 2026`. Anything that is no date is shown as it stands. */
export function showDate(value: string, locale: Locale): string {
  if (!isIsoDate(value)) return value
  const [year = '', month = '', day = ''] = value.split('-')
  if (locale === 'en') return `${Number(day)} ${MONTHS.en[Number(month) - 1] ?? ''} ${year}`
  return `${day}.${month}.${year}`
}
