// All cases with their numbers and states, page by page, for the office's comparison.
import type { Queryable } from '@einmal-pin/platform/database'
import type { PortalCaseList } from '@einmal-pin/wire/office-link'
import type { PortalTables } from './schema.ts'

export async function listCases(
  db: Queryable<PortalTables>,
  after: string | undefined,
  limit: number,
): Promise<PortalCaseList> {
  const rows = await db
    .selectFrom('cases')
    .$if(after !== undefined, (query) => query.where('case_id', '>', after ?? ''))
    .select(['case_id as caseId', 'round', 'command_number as number', 'state'])
    .orderBy('case_id')
    .limit(limit)
    .execute()
  return { cases: rows, next: rows.length === limit ? (rows.at(-1)?.caseId ?? null) : null }
}
