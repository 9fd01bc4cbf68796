// The address as DIN 5008 wants it in the window: at most six lines, country and town abroad in capitals.

import { LetterError } from './letter-error.ts'
import type { LetterPerson } from './letter-input.ts'

/** The address zone of form B is 27.3 mm high. */
export const ADDRESS_LINES = 6

const NUMBER_FIRST = new Set(['AU', 'CA', 'FR', 'GB', 'IE', 'LU', 'NZ', 'US'])
const TOWN_FIRST = new Set(['AU', 'CA', 'GB', 'IE', 'NZ', 'US'])

const countryNames = new Intl.DisplayNames(['de'], { type: 'region', fallback: 'none' })

/**
 * The lines from top to bottom. Throws LetterError `letter.addressTooLong` when they are more than six even after
 * "An die Eltern von" has moved onto one line with the name. Width is checked when the letter is set.
 */
export function addressLines(person: LetterPerson): readonly string[] {
  const spacious = [...whoLines(person, false), ...whereLines(person)]
  if (spacious.length <= ADDRESS_LINES) return spacious
  const tight = [...whoLines(person, true), ...whereLines(person)]
  if (tight.length <= ADDRESS_LINES) return tight
  throw new LetterError('letter.addressTooLong')
}

export function fullName(person: LetterPerson): string {
  return oneLine(`${person.firstName} ${person.lastName}`)
}

// The window tells no more than the post needs: not that somebody has a guardian.
function whoLines(person: LetterPerson, tight: boolean): string[] {
  const name = fullName(person)
  const recipient = oneLine(person.recipientName ?? '')
  if (person.recipientRole === 'eltern') {
    const parents = tight ? [`An die Eltern von ${name}`] : ['An die Eltern von', name]
    return recipient ? [...parents, `z. Hd. ${recipient}`] : parents
  }
  if (person.recipientRole && recipient) return [recipient, `für ${name}`]
  return [withTitle(person, name)]
}

function withTitle(person: LetterPerson, name: string): string {
  if (person.salutation === 'Herr') return `Herrn ${name}`
  return person.salutation === 'Frau' ? `Frau ${name}` : name
}

function whereLines(person: LetterPerson): string[] {
  const abroad = person.country !== 'DE'
  const lines = [careOfLine(person.careOf), streetLine(person), townLine(person, abroad)]
  if (abroad) lines.push(capitals(countryName(person.country)))
  return lines.filter((line) => line !== '')
}

function careOfLine(careOf: string | undefined): string {
  const name = oneLine(careOf ?? '')
  if (name === '' || /^(c\/o|bei)\s/iu.test(name)) return name
  return `c/o ${name}`
}

function streetLine({ street, houseNumber, country }: LetterPerson): string {
  const parts = NUMBER_FIRST.has(country) ? [houseNumber, street] : [street, houseNumber]
  return oneLine(parts.join(' '))
}

function townLine({ postcode, city, country }: LetterPerson, abroad: boolean): string {
  const town = abroad ? capitals(city) : city
  return oneLine(TOWN_FIRST.has(country) ? `${town} ${postcode}` : `${postcode} ${town}`)
}

function countryName(code: string): string {
  return countryNames.of(code) ?? code
}

function capitals(text: string): string {
  return text.toLocaleUpperCase('de')
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}
