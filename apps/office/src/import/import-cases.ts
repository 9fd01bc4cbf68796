// The import of a CSV file: all or nothing unless bad rows may be skipped, and never a second letter for one Aktenzeichen.
import type { Result } from '@einmal-pin/domain/result'
import { isUniqueViolation } from '@einmal-pin/platform/database-errors'
import type { CaseInput, ImportProblem, ImportReport } from '@einmal-pin/wire/office-api'
import {
  type FieldProblem,
  fieldProblem,
  type InputRules,
  type NewCase,
  parseCaseInput,
} from '../cases/case-input.ts'
import { type OpenContext, openCases } from '../cases/open-cases.ts'
import type { OfficeQueryable, Store } from '../store/office-database.ts'
import { type CsvRow, readCsvTable } from './csv-table.ts'

export interface ImportOptions extends OpenContext {
  readonly rules: InputRules
  /** Imports the good rows although others are bad. */
  readonly skipBad: boolean
}

interface GoodRow {
  readonly line: number
  readonly opening: NewCase
}

/** `problems` without `imported` means that nothing was imported, unless bad rows may be skipped. */
export async function importCases(
  store: Store,
  bytes: Uint8Array,
  options: ImportOptions,
): Promise<ImportReport> {
  const table = readCsvTable(bytes)
  if (!table.ok) return { imported: [], problems: [table.error] }
  const { good, problems } = judgeRows(table.value.rows, options.rules)
  const found = [...table.value.problems, ...problems]
  try {
    return await writeRows(store, good, found, options)
  } catch (error) {
    // Somebody else opened one of these cases meanwhile: now the check sees it.
    if (!isUniqueViolation(error, 'cases_case_ref')) throw error
    return writeRows(store, good, found, options)
  }
}

function judgeRows(rows: readonly CsvRow[], rules: InputRules) {
  const good: GoodRow[] = []
  const problems: ImportProblem[] = []
  const twice = repeatedRefs(rows)
  for (const row of rows) {
    const parsed = judgeRow(row, rules)
    const own = parsed.ok ? [] : [...parsed.error]
    if (twice.has(refOf(row))) {
      own.push(fieldProblem('caseRef', 'import.duplicate', 'Es steht zweimal in der Datei.'))
    }
    problems.push(...own.map((problem) => ({ line: row.line, ...problem })))
    if (parsed.ok && own.length === 0) good.push({ line: row.line, opening: parsed.value })
  }
  return { good, problems }
}

const refOf = ({ cells }: CsvRow): string => (cells.caseRef ?? '').normalize('NFC').trim()

/** Nobody can tell which of two rows with one Aktenzeichen is meant, so both are bad. */
function repeatedRefs(rows: readonly CsvRow[]): ReadonlySet<string> {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const ref of rows.map(refOf)) {
    if (ref !== '' && seen.has(ref)) twice.add(ref)
    seen.add(ref)
  }
  return twice
}

/** One row of a file as a case, or everything that is wrong with it. */
export function judgeRow(row: CsvRow, rules: InputRules): Result<NewCase, readonly FieldProblem[]> {
  const { prefill, ...texts } = row.cells
  const read = readPrefillCell(prefill ?? '')
  const input = { ...texts, prefill: read ?? {} } as CaseInput
  const parsed = parseCaseInput(input, rules)
  if (read !== undefined) return parsed
  const broken = fieldProblem('prefill', 'import.prefill', 'Sie ist kein JSON-Objekt.')
  return { ok: false, error: [...(parsed.ok ? [] : parsed.error), broken] }
}

/** An empty cell means the same as `{}`: nothing is known. */
function readPrefillCell(text: string): Record<string, unknown> | undefined {
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? { ...value } : undefined
  } catch {
    return undefined
  }
}

async function writeRows(
  { database }: Store,
  good: readonly GoodRow[],
  found: readonly ImportProblem[],
  options: ImportOptions,
): Promise<ImportReport> {
  return database.transaction(async (transaction) => {
    const existing = await existingRefs(transaction, good)
    const fresh = good.filter(({ opening }) => !existing.has(opening.caseRef))
    const known = good.filter(({ opening }) => existing.has(opening.caseRef))
    const duplicates = known.map(({ line }) => ({
      line,
      ...fieldProblem('caseRef', 'import.duplicate'),
    }))
    const problems = [...found, ...duplicates].sort((a, b) => a.line - b.line)
    if (problems.length > 0 && !options.skipBad) return { imported: [], problems }
    const opened = await openCases(
      transaction,
      fresh.map(({ opening }) => opening),
      options,
    )
    const lines = fresh.map(({ line }) => line)
    const imported = opened.map((one, index) => ({ line: lines[index] ?? 0, ...one }))
    return { imported, problems }
  })
}

async function existingRefs(
  db: OfficeQueryable,
  good: readonly GoodRow[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (let start = 0; start < good.length; start += 5_000) {
    const refs = good.slice(start, start + 5_000).map(({ opening }) => opening.caseRef)
    const rows = await db
      .selectFrom('cases')
      .select('case_ref')
      .where('case_ref', 'in', refs)
      .execute()
    for (const row of rows) found.add(row.case_ref)
  }
  return found
}
