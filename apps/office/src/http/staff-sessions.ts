// Sessions of clerks as rows: the cookie holds a random token, the database its digest.

import { utf8 } from '@einmal-pin/vault/bytes'
import { sha256Hex } from '@einmal-pin/vault/digest'
import { newSecret } from '@einmal-pin/vault/random'
import { sql } from 'kysely'
import { record } from '../audit/audit.ts'
import type { Store } from '../store/office-database.ts'

export const STAFF_COOKIE = '__Host-ep-staff'
export const STAFF_SESSION_HOURS = 10

const hashOf = (token: string): Promise<string> => sha256Hex(utf8(token))

/** Returns the token for the cookie. */
export async function openStaffSession({ database, clock }: Store, name: string): Promise<string> {
  const token = newSecret()
  const hash = await hashOf(token)
  await database.transaction(async (transaction) => {
    await transaction.deleteFrom('staff_sessions').where('expires_at', '<', clock.sqlOnce).execute()
    await transaction
      .insertInto('staff_sessions')
      .values({
        token_hash: hash,
        name,
        expires_at: sql<Date>`${clock.sql} + make_interval(hours => ${sql.lit(STAFF_SESSION_HOURS)})`,
      })
      .execute()
    await record(transaction, clock, { actor: name, action: 'staff.login', subject: 'office' })
  })
  return token
}

/** The clerk's name, or undefined when the session is over. */
export async function staffOf(
  { database, clock }: Store,
  token: string,
): Promise<string | undefined> {
  const row = await database.kysely
    .selectFrom('staff_sessions')
    .select('name')
    .where('token_hash', '=', await hashOf(token))
    .where('expires_at', '>', clock.sqlOnce)
    .executeTakeFirst()
  return row?.name
}

export async function closeStaffSession({ database }: Store, token: string): Promise<void> {
  const hash = await hashOf(token)
  await database.kysely.deleteFrom('staff_sessions').where('token_hash', '=', hash).execute()
}
