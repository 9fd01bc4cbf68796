// CSV files for tests: a good row of a synthetic person, changed where a test wants it changed.
import { COLUMNS, type Column } from '../import/csv-table.ts'

export type RowChanges = Readonly<Partial<Record<Column, string>>>

const GOOD: Readonly<Record<(typeof COLUMNS)[number], string>> = {
  caseRef: 'AZ-1',
  formId: 'bescheinigung-nachreichen',
  kvnr: 'T123456780',
  cardNumber: '80276883110000017222',
  previousCardNumber: '',
  salutation: 'Frau',
  firstName: 'Mia',
  lastName: 'Muster',
  birthDate: '1980-02-01',
  careOf: '',
  street: 'Beispielweg',
  houseNumber: '1',
  postcode: '01067',
  city: 'Dresden',
  country: 'DE',
  letterVariant: 'standard',
  prefill: '{}',
}

/** Where a person of a test moves to. */
export const NEW_HOME = {
  street: 'Neuer Weg',
  houseNumber: '7',
  postcode: '01067',
  city: 'Dresden',
  country: 'DE',
}

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** A file with one line per set of changes; optional columns appear when a row uses them. */
export function csvOf(rows: readonly RowChanges[], lineEnd = '\n'): string {
  const extra = ['secondFactor', 'recipientName', 'recipientRole'] as const
  const used = extra.filter((column) => rows.some((row) => row[column] !== undefined))
  const columns = [...COLUMNS, ...used]
  const lines = rows.map((row) => {
    const cells: Readonly<Partial<Record<Column, string>>> = { ...GOOD, ...row }
    return columns.map((column) => quoted(cells[column] ?? '')).join(',')
  })
  return [columns.join(','), ...lines, ''].join(lineEnd)
}

/** The good row as the object that a core system sends. */
export const goodInput = (changes: Record<string, unknown> = {}) => ({
  ...GOOD,
  prefill: {},
  ...changes,
})
