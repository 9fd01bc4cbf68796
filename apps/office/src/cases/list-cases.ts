// The list of cases and the search of the clerk on the telephone: by Aktenzeichen, name or Versichertennummer.
import { parseKvnr } from '@einmal-pin/domain/kvnr'
import type { CaseList, CaseSummary } from '@einmal-pin/wire/office-api'
import { sql } from 'kysely'
import type { OfficeQueryable } from '../store/office-database.ts'
import { type CaseWithForm, newestRounds, type RoundRow, selectCases } from './case-rows.ts'

export interface CaseQuery {
  readonly q?: string
  /** The whole Aktenzeichen of one case, nothing like it. */
  readonly caseRef?: string
  readonly state?: string
  readonly limit: number
  /** Id of the last case of the page before. */
  readonly after?: string
}

/** The newest cases first; within one import in the order of their references. */
export async function listCases(db: OfficeQueryable, query: CaseQuery): Promise<CaseList> {
  const found = await page(db, query).execute()
  const shown = found.slice(0, query.limit)
  const rounds = await newestRounds(
    db,
    shown.map(({ case_id }) => case_id),
  )
  return {
    cases: shown.map((row) => summarise(row, rounds.get(row.case_id))),
    next: found.length > query.limit ? (shown.at(-1)?.case_id ?? null) : null,
  }
}

function page(db: OfficeQueryable, { q, caseRef, state, limit, after }: CaseQuery) {
  let select = selectCases(db)
    .orderBy('cases.created_at', 'desc')
    .orderBy('cases.case_ref')
    .limit(limit + 1)
  if (state !== undefined) select = select.where('cases.state', '=', state)
  if (caseRef !== undefined) select = select.where('cases.case_ref', '=', caseRef)
  if (q !== undefined && q.trim() !== '') select = select.where(matches(q.trim()))
  if (after !== undefined) {
    select = select.where(
      sql<boolean>`exists (select 1 from cases last where last.case_id = ${after} and (
        cases.created_at < last.created_at
        or (cases.created_at = last.created_at and cases.case_ref > last.case_ref)))`,
    )
  }
  return select
}

/** Every word must begin the first or last name; a whole number or reference is found as such. */
function matches(q: string) {
  const kvnr = parseKvnr(q)
  const byNumber = kvnr.ok ? sql`cases.kvnr = ${kvnr.value}` : sql`false`
  const words = q.split(/[\s,]+/u).filter((word) => word !== '')
  const byName = words.map(
    (
      word,
    ) => sql`(cases.last_name ilike ${beginning(word)} or cases.first_name ilike ${beginning(word)}
      or cases.last_name ilike ${`% ${beginning(word)}`})`,
  )
  return sql<boolean>`(${byNumber} or cases.case_ref ilike ${beginning(q)} or cases.case_id = ${q}
    or (${sql.join(byName, sql` and `)}))`
}

const beginning = (text: string): string => `${text.replace(/[\\%_]/g, '\\$&')}%`

export const summarise = (row: CaseWithForm, newest: RoundRow | undefined): CaseSummary => ({
  caseId: row.case_id,
  caseRef: row.case_ref,
  formId: row.form_id,
  formTitle: row.form_title,
  name: `${row.last_name}, ${row.first_name}`,
  kvnr: row.kvnr,
  state: row.state,
  pinState: newest?.pin_state ?? null,
  letterDate: newest?.letter_date ?? null,
  lastDay: newest?.last_day ?? null,
  createdAt: row.created_at.toISOString(),
})
