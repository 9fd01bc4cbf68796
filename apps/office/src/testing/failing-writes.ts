// A fault inside the office at one case only: the database refuses to write its row of a table, until the fault is over.
import { sql } from 'kysely'
import type { Office } from '../office.ts'

let faults = 0

export async function failingWrites(
  { database }: Office,
  table: 'rounds' | 'submissions' | 'commands' | 'pin_requests',
  caseId: string,
): Promise<AsyncDisposable> {
  faults += 1
  const name = sql.id(`fault_${faults}`)
  const on = sql.id(table)
  await sql`create function ${name}() returns trigger language plpgsql as
    $$ begin raise exception 'a fault for the test'; end $$`.execute(database.kysely)
  await sql`create trigger ${name} before insert or update on ${on} for each row
    when (new.case_id = ${sql.lit(caseId)}) execute function ${name}()`.execute(database.kysely)
  return {
    [Symbol.asyncDispose]: async () => {
      await sql`drop trigger ${name} on ${on}`.execute(database.kysely)
      await sql`drop function ${name}()`.execute(database.kysely)
    },
  }
}
