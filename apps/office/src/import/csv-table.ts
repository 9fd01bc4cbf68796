// A CSV file as rows of named cells: UTF-8, comma separated, a header with known columns, every mistake with its line.
import { err, ok, type Result } from '@einmal-pin/domain/result'
import type { ImportProblem } from '@einmal-pin/wire/office-api'
import { type CsvError, type InfoRecord, parse } from 'csv-parse/sync'
import { fieldProblem } from '../cases/case-input.ts'

export const COLUMNS = [
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
export const OPTIONAL_COLUMNS = ['secondFactor', 'recipientName', 'recipientRole'] as const
export type Column = (typeof COLUMNS)[number] | (typeof OPTIONAL_COLUMNS)[number]

export interface CsvRow {
  /** The line of the file on which the row begins; the header is line 1. */
  readonly line: number
  readonly cells: Readonly<Partial<Record<Column, string>>>
}

export interface CsvTable {
  readonly rows: readonly CsvRow[]
  /** Rows that have too many or too few cells. */
  readonly problems: readonly ImportProblem[]
}

const problemAt = (line: number, ...problem: Parameters<typeof fieldProblem>): ImportProblem => ({
  line,
  ...fieldProblem(...problem),
})

interface Row {
  readonly line: number
  readonly cells: readonly string[]
}

/** The error is a problem of the whole file: nothing of it can be read. */
export function readCsvTable(bytes: Uint8Array): Result<CsvTable, ImportProblem> {
  const text = decode(bytes)
  if (text === undefined) {
    return err(problemAt(1, '', 'import.csv', 'Die Datei ist nicht in UTF-8 gespeichert.'))
  }
  const parsed = parseRows(text)
  if (!parsed.ok) return parsed
  const [header, ...rows] = parsed.value
  if (header === undefined) return err(problemAt(1, '', 'import.csv', 'Die Datei ist leer.'))
  const columns = readHeader(header)
  return columns.ok ? ok(nameCells(rows, columns.value)) : columns
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    // Takes a byte order mark away, which spreadsheets like to write.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function parseRows(text: string): Result<readonly Row[], ImportProblem> {
  try {
    const records: readonly unknown[] = parse(text.replace(/\r\n?/g, '\n'), {
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: '\n',
    })
    // The parser's types do not follow its option `info`, which wraps every record.
    const numbered = records as readonly { record: string[]; info: InfoRecord }[]
    return ok(
      numbered.map(({ record, info }) => ({ line: firstLine(record, info), cells: record })),
    )
  } catch (error) {
    return err(
      problemAt(lineOf(error), '', 'import.csv', 'Ein Anführungszeichen fehlt oder steht falsch.'),
    )
  }
}

/** csv-parse tells the line on which a record ends; line breaks inside its cells lead back to its beginning. */
const firstLine = (record: readonly string[], info: InfoRecord): number =>
  info.lines - record.join('').split('\n').length + 1

const lineOf = (error: unknown): number => {
  const { lines } = error as Partial<CsvError & { lines: number }>
  return typeof lines === 'number' && lines > 0 ? lines : 1
}

const isColumn = (name: string): name is Column =>
  [...COLUMNS, ...OPTIONAL_COLUMNS].some((column) => column === name)

function readHeader({ line, cells }: Row): Result<readonly Column[], ImportProblem> {
  const names = cells.map((cell) => cell.trim())
  if (names.length === 1 && names[0]?.includes(';')) {
    const advice = 'Die Spalten sind mit Semikolon getrennt. Bitte mit Komma getrennt speichern.'
    return err(problemAt(line, '', 'import.csv', advice))
  }
  const unknown = names.find((name) => !isColumn(name))
  if (unknown !== undefined) return err(problemAt(line, shorten(unknown), 'import.header'))
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    return err(problemAt(line, twice, 'import.header', 'Sie steht zweimal da.'))
  const missing = COLUMNS.find((column) => !names.includes(column))
  if (missing !== undefined) return err(problemAt(line, missing, 'import.header'))
  return ok(names.filter(isColumn))
}

/** A file without a header has data where names should be: they are not repeated in full. */
const shorten = (name: string) => (/^[A-Za-z]{1,30}$/.test(name) ? name : '')

function nameCells(rows: readonly Row[], columns: readonly Column[]): CsvTable {
  const fits = (row: Row) => row.cells.length === columns.length
  return {
    rows: rows.filter(fits).map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])),
    })),
    problems: rows
      .filter((row) => !fits(row))
      .map(({ line, cells }) => {
        const advice = `Die Zeile hat ${cells.length} Felder, die Kopfzeile ${columns.length}.`
        return problemAt(line, '', 'import.csv', advice)
      }),
  }
}
