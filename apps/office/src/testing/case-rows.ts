// What tests look up in, or push forward in, the office's tables.
import type { Office } from '../office.ts'

export async function stateOfCase({ database }: Office, caseId: string): Promise<string> {
  const { state } = await database.kysely
    .selectFrom('cases')
    .select('state')
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow()
  return state
}

export const commandsOf = ({ database }: Office, caseId: string) =>
  database.kysely
    .selectFrom('commands')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('number')
    .execute()

/** As if the pause after a failed try were over. */
export const makeCommandsDue = ({ database }: Office) =>
  database.kysely
    .updateTable('commands')
    .set({ not_before: new Date(0) })
    .execute()

/** Kind and code, the oldest first. */
export const openTasksOf = ({ database }: Office, caseId: string | null) =>
  database.kysely
    .selectFrom('tasks')
    .select(['kind', 'code'])
    .where('case_id', caseId === null ? 'is' : '=', caseId)
    .where('state', '=', 'open')
    .orderBy('created_at')
    .execute()
