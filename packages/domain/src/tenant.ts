// The settings of one insurer, read from config/tenant.json: everything is stated there, nothing defaults.
import type { CardDigits } from './card-number.ts'
import { parseIk } from './ik.ts'
import { err, ok, type Result } from './result.ts'

export type TenantAddress = {
  readonly name: string
  readonly street: string
  readonly postcode: string
  readonly city: string
}

export type TenantSettings = {
  /** Short name, for running text and page titles. */
  readonly name: string
  /** Full name, for letters and the imprint. */
  readonly legalName: string
  readonly insurerIk: string
  /** Calendar days from the letter date to the PIN's last day. */
  readonly validityDays: number
  /** Calendar days from the letter date to the reminder of a letter that was not answered; 0: nobody is reminded (domain.md 4.6). */
  readonly reminderDay: number
  /** How many last digits of the card number the login asks for. */
  readonly cardDigits: CardDigits
  readonly phone: string
  readonly phoneHours: string
  readonly address: TenantAddress
  /** The small sender's line above the address in the envelope's window. */
  readonly returnLine: string
  readonly email: string
  /** The insurer's own portal for everything that this one is not for. */
  readonly otherMattersUrl: string
}

/** What is wrong with a value, as the end of a sentence that begins with its key; undefined when it is right. */
type Check = (value: unknown) => string | undefined

const text: Check = (value) =>
  isText(value) ? undefined : 'must be a text of one line that is not empty'

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '' && !/\p{Cc}/u.test(value)
}

function matching(pattern: RegExp, wanted: string): Check {
  return (value) => (isText(value) && pattern.test(value) ? undefined : `must be ${wanted}`)
}

const ik: Check = (value) =>
  isText(value) && parseIk(value).ok ? undefined : 'must be nine digits with a right check digit'

const validityDays: Check = (value) =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 90
    ? undefined
    : 'must be a whole number from 1 to 90'

const reminderDay: Check = (value) =>
  Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 60
    ? undefined
    : 'must be a whole number from 0 to 60'

const cardDigits: Check = (value) => (value === 5 || value === 6 ? undefined : 'must be 5 or 6')

const ADDRESS = {
  name: text,
  street: text,
  postcode: matching(/^[0-9]{5}$/, 'five digits in quotes'),
  city: text,
} as const satisfies Record<keyof TenantAddress, Check>

const SETTINGS = {
  name: text,
  legalName: text,
  insurerIk: ik,
  validityDays,
  reminderDay,
  cardDigits,
  phone: matching(/^\+?[0-9][0-9 ()/-]+$/, 'a telephone number'),
  phoneHours: text,
  address: (value) => joined(problemsOf('address.', ADDRESS, value)),
  returnLine: text,
  email: matching(/^[^\s@]+@[^\s@]+$/, 'an e-mail address'),
  otherMattersUrl: matching(
    /^https:\/\/[^\s/]+(?:\/\S*)?$/,
    'an address that begins with https://',
  ),
} as const satisfies Record<keyof TenantSettings, Check>

/**
 * Checks `value` (parsed JSON). The error names every key that is missing, unknown or wrong in one English
 * sentence each; it never repeats a value.
 */
export function parseTenant(value: unknown): Result<TenantSettings, string> {
  const problems = joined(problemsOf('', SETTINGS, value))
  return problems === undefined ? ok(value as TenantSettings) : err(`tenant settings: ${problems}`)
}

function joined(problems: readonly string[]): string | undefined {
  return problems.length === 0 ? undefined : problems.join('; ')
}

function problemsOf(path: string, checks: Record<string, Check>, value: unknown): string[] {
  if (!isRecord(value)) return [`${path === '' ? 'the file' : ''} must hold an object`.trim()]
  const unknown = Object.keys(value).filter((key) => !Object.hasOwn(checks, key))
  const wrong = Object.entries(checks).flatMap(([key, check]) => problemOf(path, key, check, value))
  return [...wrong, ...unknown.map((key) => `"${path}${key}" is not known`)]
}

function problemOf(
  path: string,
  key: string,
  check: Check,
  values: Record<string, unknown>,
): string[] {
  if (!Object.hasOwn(values, key)) return [`"${path}${key}" is missing`]
  const problem = check(values[key])
  if (problem === undefined) return []
  return [isRecord(values[key]) ? problem : `"${path}${key}" ${problem}`]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
