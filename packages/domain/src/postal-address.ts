// Where a letter goes: the address as data, its check, and the lines in the envelope's window.
import { type Country, countryName, GERMANY, parseCountry } from './country.ts'
import { err, ok, type Result } from './result.ts'

export type PostalAddress = {
  readonly careOf?: string
  readonly street: string
  /** Empty for addresses without one, abroad or in small places. */
  readonly houseNumber: string
  readonly postcode: string
  readonly city: string
  readonly country: Country
}

/** The address as it comes in a row of a file; empty and absent mean the same. */
export type AddressInput = {
  readonly [field in AddressField]?: string | undefined
}
export type AddressField = 'careOf' | 'street' | 'houseNumber' | 'postcode' | 'city' | 'country'

export type AddressProblem = {
  readonly field: AddressField
  readonly code: 'required' | 'tooLong' | 'characters' | 'postcode' | 'country'
}

/** Characters that fit a line of the address window with room to spare (DIN 5008, 80 mm). */
export const ADDRESS_LINE_LENGTH = 60
/** Lines of the address zone (DIN 5008, form B). */
export const ADDRESS_LINES = 6

const FIELDS = ['careOf', 'street', 'houseNumber', 'postcode', 'city', 'country'] as const
const REQUIRED: ReadonlySet<AddressField> = new Set(['street', 'city', 'country'])

/**
 * Checks an address field by field, so that every problem is named at once. Only German postcodes have a
 * known shape; elsewhere any postcode, or none, is right.
 */
export function parsePostalAddress(
  input: AddressInput,
): Result<PostalAddress, readonly AddressProblem[]> {
  const lines = Object.fromEntries(FIELDS.map((field) => [field, tidy(input[field])]))
  const { careOf = '', street = '', houseNumber = '', postcode = '', city = '' } = lines
  const country = parseCountry(lines['country'] ?? '')
  const problems = FIELDS.flatMap((field) => problemsOf(field, lines[field] ?? '', country.ok))
  if (country.ok && country.value === GERMANY && !/^(?!00)[0-9]{5}$/.test(postcode)) {
    problems.push({ field: 'postcode', code: postcode === '' ? 'required' : 'postcode' })
  }
  if (problems.length > 0 || !country.ok) return err(problems)
  const address = { street, houseNumber, postcode, city, country: country.value }
  return ok(careOf === '' ? address : { careOf, ...address })
}

function tidy(value: string | undefined): string {
  return (value ?? '')
    .normalize('NFC')
    .replace(/[\p{Zs}\t]+/gu, ' ')
    .trim()
}

function problemsOf(field: AddressField, line: string, countryIsKnown: boolean): AddressProblem[] {
  if (line === '') return REQUIRED.has(field) ? [{ field, code: 'required' }] : []
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(line)) return [{ field, code: 'characters' }]
  if (line.length > ADDRESS_LINE_LENGTH) return [{ field, code: 'tooLong' }]
  return field === 'country' && !countryIsKnown ? [{ field, code: 'country' }] : []
}

/**
 * The lines of the address zone, `names` first (salutation, recipient, insured person). DIN 5008: no blank
 * lines, abroad the country in capitals and in the language of the sending country as the last line.
 * More than `ADDRESS_LINES` lines do not fit: the caller refuses the letter.
 */
export function addressLines(names: readonly string[], address: PostalAddress): readonly string[] {
  const { careOf, street, houseNumber, postcode, city, country } = address
  return [
    ...names,
    careOf === undefined ? '' : /^c\/o\b/i.test(careOf) ? careOf : `c/o ${careOf}`,
    `${street} ${houseNumber}`.trim(),
    `${postcode} ${city}`.trim(),
    country === GERMANY ? '' : countryName(country).toLocaleUpperCase('de'),
  ].filter((line) => line !== '')
}
