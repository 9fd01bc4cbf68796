// Birth dates as insurers keep them: day and month may be unknown and are then 00.
import type { Brand } from './brand.ts'
import { parseCalendarDate } from './calendar-date.ts'
import { err, ok, type Result } from './result.ts'

/** `YYYYMMDD`, the spelling that goes into the digest (design.md 4). Personal data. */
export type BirthDate = Brand<string, 'BirthDate'>
export type BirthDateError = 'birthDate.format' | 'birthDate.notReal'

const ISO = /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/
const GERMAN = /^(?<day>\d{1,2})[./](?<month>\d{1,2})[./](?<year>\d{4})$/
const DIGITS = /^(?<day>\d{2})[ -]?(?<month>\d{2})[ -]?(?<year>\d{4})$/

/** Reads TT.MM.JJJJ, TTMMJJJJ, TT/MM/JJJJ and JJJJ-MM-TT. A year always has four digits. */
export function parseBirthDate(input: string): Result<BirthDate, BirthDateError> {
  const typed = input
    .normalize('NFKC')
    .trim()
    .replace(/\s*([./-])\s*/gu, '$1')
  const match = ISO.exec(typed) ?? GERMAN.exec(typed) ?? DIGITS.exec(typed)
  const { year = '', month = '', day = '' } = match?.groups ?? {}
  if (!match) return err('birthDate.format')
  return birthDateFrom(year, month.padStart(2, '0'), day.padStart(2, '0'))
}

function birthDateFrom(
  year: string,
  month: string,
  day: string,
): Result<BirthDate, BirthDateError> {
  if (!/^(?:18|19|20)/.test(year)) return err('birthDate.notReal')
  // An unknown day or month is looked up as the first: 00.02.1950 lives, 00.13.1950 and 31.00 stay checked.
  const known = `${year}-${month === '00' ? '01' : month}-${day === '00' ? '01' : day}`
  if (!parseCalendarDate(known).ok) return err('birthDate.notReal')
  return ok(`${year}${month}${day}` as BirthDate)
}

/** "24.12.1950"; unknown parts stay 00, as the register has them. */
export function formatBirthDate(date: BirthDate): string {
  return `${date.slice(6)}.${date.slice(4, 6)}.${date.slice(0, 4)}`
}
