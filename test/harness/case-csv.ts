// Cases as the CSV file that an office reads in.
import type { CaseInput } from '@einmal-pin/wire/office-api'

const COLUMNS = [
  'caseRef',
  'formId',
  'kvnr',
  'cardNumber',
  'previousCardNumber',
  'salutation',
  'firstName',
  'lastName',
  'birthDate',
  'careOf',
  'street',
  'houseNumber',
  'postcode',
  'city',
  'country',
  'letterVariant',
  'prefill',
] as const

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

function cell(input: CaseInput, column: (typeof COLUMNS)[number]): string {
  const value = input[column] ?? ''
  return quoted(typeof value === 'string' ? value : JSON.stringify(value))
}

/** With the header line; the first case stands in line 2. */
export const caseCsv = (cases: readonly CaseInput[]): string =>
  [COLUMNS.join(','), ...cases.map((input) => COLUMNS.map((name) => cell(input, name)).join(','))]
    .join('\n')
    .concat('\n')
