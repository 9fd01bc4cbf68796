// Reads cases with their newest letter: one row per case, for lists, details and print runs.
import { problem } from '@einmal-pin/wire/problem'
import type { Selectable } from 'kysely'
import type { OfficeQueryable, OfficeTransaction } from '../store/office-database.ts'
import type { CaseTable, RoundTable } from '../store/schema.ts'

export type CaseRow = Selectable<CaseTable>
export type RoundRow = Selectable<RoundTable>

export interface CaseWithForm extends CaseRow {
  readonly form_id: string
  readonly form_title: string
  readonly form_version: string
}

export const selectCases = (db: OfficeQueryable) =>
  db
    .selectFrom('cases')
    .innerJoin('form_versions', 'form_versions.form_sha256', 'cases.form_sha256')
    .selectAll('cases')
    .select([
      'form_versions.form_id as form_id',
      'form_versions.title as form_title',
      'form_versions.version as form_version',
    ])

/** Throws `case.none`. */
export async function readCase(db: OfficeQueryable, caseId: string): Promise<CaseWithForm> {
  const row = await selectCases(db).where('cases.case_id', '=', caseId).executeTakeFirst()
  if (row === undefined) throw problem('case.none')
  return row
}

/** The case under a lock: every action of one case waits for the one before. Throws `case.none`. */
export async function lockCase(transaction: OfficeTransaction, caseId: string): Promise<CaseRow> {
  const row = await transaction
    .selectFrom('cases')
    .selectAll()
    .where('case_id', '=', caseId)
    .forUpdate()
    .executeTakeFirst()
  if (row === undefined) throw problem('case.none')
  return row
}

/** All letters of a case, the oldest first. */
export const readRounds = (db: OfficeQueryable, caseId: string): Promise<RoundRow[]> =>
  db.selectFrom('rounds').selectAll().where('case_id', '=', caseId).orderBy('round').execute()

/** The newest letter of each of these cases. */
export async function newestRounds(
  db: OfficeQueryable,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, RoundRow>> {
  if (caseIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('rounds')
    .selectAll()
    .distinctOn('case_id')
    .where('case_id', 'in', caseIds)
    .orderBy('case_id')
    .orderBy('round', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.case_id, row]))
}
