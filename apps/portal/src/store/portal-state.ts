// The row that tells whether logins are open and how many writes of the office this database has seen.
import type { Queryable } from '@einmal-pin/platform/database'
import { sql } from 'kysely'
import type { PortalTables } from './schema.ts'

type Db = Queryable<PortalTables>

export type PortalState = { readonly appliedCommands: number; readonly loginsOpen: boolean }

export async function readPortalState(db: Db): Promise<PortalState> {
  return await db
    .selectFrom('portal_state')
    .select(['applied_commands as appliedCommands', 'logins_open as loginsOpen'])
    .executeTakeFirstOrThrow()
}

/** Counts one write of the office. Holds the row until the commit, so that writes come one after the other. */
export async function countWrite(db: Db): Promise<number> {
  const { applied } = await db
    .updateTable('portal_state')
    .set({ applied_commands: sql<number>`applied_commands + 1` })
    .returning('applied_commands as applied')
    .executeTakeFirstOrThrow()
  return applied
}

/** A restored backup may know PINs that are dead and sessions that ended: nobody gets in or goes on before the comparison. */
export async function closeLogins(db: Db): Promise<void> {
  await db.updateTable('portal_state').set({ logins_open: false }).execute()
  await db.deleteFrom('sessions').execute()
  await db.deleteFrom('login_states').execute()
}

/** The comparison is done: this database counts on from the higher of both numbers. */
export async function openLogins(db: Db, appliedCommands: number): Promise<void> {
  await db
    .updateTable('portal_state')
    .set({ logins_open: true, applied_commands: appliedCommands })
    .execute()
}
