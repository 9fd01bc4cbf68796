// Cases as the CSV file that an office reads in.
import { CaseInput } from '@einmal-pin/wire/office-api'

/** One column per member of the API's case, the optional ones too: that is what the file format is. */
const COLUMNS = Object.keys(CaseInput.properties) as readonly (keyof CaseInput)[]

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

function cell(input: CaseInput, column: keyof CaseInput): string {
  const value = input[column] ?? ''
  return quoted(typeof value === 'string' ? value : JSON.stringify(value))
}

/** With the header line; the first case stands in line 2. */
export const caseCsv = (cases: readonly CaseInput[]): string =>
  [COLUMNS.join(','), ...cases.map((input) => COLUMNS.map((name) => cell(input, name)).join(','))]
    .join('\n')
    .concat('\n')
