// What the letter check is told about a letter: taken from the order, not from what was set.
import { formatGerman } from '@einmal-pin/domain/calendar-date'
import type { ExpectedLetter } from '../letter-check/expected-letter.ts'
import { type AnyLetterJob, hasPin, type Registered } from './letter-job.ts'

const germanCountries = new Intl.DisplayNames(['de'], { type: 'region', fallback: 'none' })
/** Words that stand in an address beside names and places. */
const ADDRESS_WORDS = ['An die Eltern von', 'Herrn', 'Frau', 'z. Hd.', 'für', 'c/o', 'bei']

export function expectedOf(
  job: AnyLetterJob,
  registered: Registered | undefined,
  isTried: boolean,
): ExpectedLetter {
  const { letterId, caseRef, person, portalUrl } = job.letter
  const { firstName, lastName, street, houseNumber, postcode, city, country } = person
  const { careOf, recipientName } = person
  const pieces = [firstName, lastName, recipientName, street, houseNumber, postcode, city]
  const countryName = country === 'DE' ? undefined : (germanCountries.of(country) ?? country)
  const isText = (piece: string | undefined): piece is string => piece !== undefined
  const expected = {
    ...{ letterId, caseRef, portalUrl },
    lastDay: formatGerman(job.letter.lastDay),
    window: [...pieces, careOf, countryName].filter(isText),
    windowExtras: ADDRESS_WORDS,
  }
  if (!hasPin(job) || registered === undefined) return expected
  const { selector, opaqueRecord, wrappedSecret } = registered
  const { caseId, round, kvnr } = job
  const trial = { caseId, round, kvnr, opaqueRecord, wrappedSecret }
  return { ...expected, selector, ...(isTried ? { trial } : {}) }
}
