// What the letter check is told about a letter: taken from the order, not from what was set.
import { formatGerman } from '@einmal-pin/domain/calendar-date'
import type { ExpectedLetter, ExpectedLine } from '../letter-check/expected-letter.ts'
import type { LetterPerson } from './letter-input.ts'
import { type AnyLetterJob, hasPin, type Registered } from './letter-job.ts'

const germanCountries = new Intl.DisplayNames(['de'], { type: 'region', fallback: 'none' })

export function expectedOf(
  job: AnyLetterJob,
  registered: Registered | undefined,
  /** The letter's PIN is tried, and all of its pages are searched for codes. */
  isSampled: boolean,
): ExpectedLetter {
  const { letterId, caseRef, person, portalUrl, tenant } = job.letter
  const greeted = greetedName(person)
  const expected = {
    ...{ letterId, caseRef, portalUrl },
    lastDay: formatGerman(job.letter.lastDay),
    returnLine: tenant.returnLine,
    window: addressOf(person),
    isSearched: isSampled,
    ...(greeted === undefined ? {} : { greeted }),
  }
  if (!hasPin(job) || registered === undefined) return expected
  const { selector, opaqueRecord, wrappedSecret } = registered
  const { caseId, round, kvnr } = job
  const trial = { caseId, round, kvnr, opaqueRecord, wrappedSecret }
  return { ...expected, selector, ...(isSampled ? { trial } : {}) }
}

/** The same address as address-lines.ts sets, told without it: two authors must not make the same mistake. */
function addressOf(person: LetterPerson): readonly ExpectedLine[] {
  const { street, houseNumber = '', postcode, city, country } = person
  const { careOf = '' } = person
  const where = country === 'DE' ? '' : (germanCountries.of(country) ?? country)
  const lines: readonly ExpectedLine[] = [
    ...whoIn(person),
    { lead: /^\s*(c\/o|bei)\s/iu.test(careOf) ? '' : 'c/o', readings: [careOf] },
    { lead: '', readings: [`${street} ${houseNumber}`, `${houseNumber} ${street}`] },
    { lead: '', readings: [`${postcode} ${city}`, `${city} ${postcode}`] },
    { lead: '', readings: [where] },
  ]
  return lines.filter(({ readings }) => readings.some((text) => text.trim() !== ''))
}

const LEADS: Readonly<Record<string, string>> = { Herr: 'Herrn', Frau: 'Frau' }

function whoIn(person: LetterPerson): readonly ExpectedLine[] {
  const { recipientRole, recipientName = '', salutation = '' } = person
  const readings = [nameOf(person)]
  const isNamed = recipientName.trim() !== ''
  if (recipientRole === 'eltern') {
    const parents = { lead: 'An die Eltern von', readings }
    return isNamed ? [parents, { lead: 'z. Hd.', readings: [recipientName] }] : [parents]
  }
  if (recipientRole !== undefined && isNamed) {
    return [
      { lead: '', readings: [recipientName] },
      { lead: 'für', readings },
    ]
  }
  return [{ lead: LEADS[salutation] ?? '', readings }]
}

// Whoever writes to a guardian greets nobody by name; whoever writes to parents greets the one that is named.
function greetedName(person: LetterPerson): string | undefined {
  const { recipientRole, recipientName, salutation = '' } = person
  if (recipientRole !== undefined) return recipientRole === 'eltern' ? recipientName : undefined
  return Object.hasOwn(LEADS, salutation) ? person.lastName : nameOf(person)
}

const nameOf = ({ firstName, lastName }: LetterPerson): string => `${firstName} ${lastName}`
