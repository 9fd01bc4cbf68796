// Sealed orders for a new PIN, waiting for the office in a bounded queue; the portal can neither read nor match them.
import type { Clock } from '@einmal-pin/platform/clock'
import type { Queryable } from '@einmal-pin/platform/database'
import { newId } from '@einmal-pin/vault/random'
import type { PinRequestList } from '@einmal-pin/wire/office-link'
import { sql } from 'kysely'
import type { PortalTables } from './schema.ts'

type Db = Queryable<PortalTables>

/** Orders that wait at most; at 6 kB each the queue stays below 13 MB. */
export const MAX_PIN_REQUESTS = 2_000
/** Days after which an order that nobody fetched is dropped: the person will have called by then. */
const KEEP_DAYS = 14

/** False when the queue is full. */
export async function addPinRequest(db: Db, clock: Clock, sealed: string): Promise<boolean> {
  const { rows } = await sql`
    insert into pin_requests (id, sealed, received_at)
    select ${newId()}, ${sealed}, ${clock.sql}
    where (select count(*) from pin_requests) < ${MAX_PIN_REQUESTS}
    returning id`.execute(db)
  return rows.length === 1
}

export async function listPinRequests(db: Db): Promise<PinRequestList> {
  const rows = await db
    .selectFrom('pin_requests')
    .selectAll()
    .orderBy('received_at')
    .limit(100)
    .execute()
  return {
    requests: rows.map(({ id, sealed, received_at }) => ({
      id,
      sealed,
      receivedAt: received_at.toISOString(),
    })),
  }
}

export async function deletePinRequests(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db.deleteFrom('pin_requests').where('id', 'in', ids).execute()
}

export async function deleteOldPinRequests(db: Db, clock: Clock): Promise<void> {
  await db
    .deleteFrom('pin_requests')
    .where('received_at', '<', sql<Date>`${clock.sqlOnce} - make_interval(days => ${KEEP_DAYS})`)
    .execute()
}
