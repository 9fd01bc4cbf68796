// The stop list: letters that lie at the print centre and that nobody wants any more, a signed file each.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { signBundle } from '@einmal-pin/vault/bundle-signing'
import type { StopOrder } from '@einmal-pin/wire/print-hand-over'
import { sql } from 'kysely'
import { record } from '../audit/audit.ts'
import { renameDurably, writeDurably } from '../letters/durable-file.ts'
import type { Office } from '../office.ts'

/** Read from the state of the cases, so that no way of ending one can forget it; a crash writes the same files again. */
export async function writeStopList(office: Office): Promise<number> {
  const { database, config, secrets, clock } = office
  const { rows } = await sql<{ letter_id: string; case_id: string; round: number }>`
    select o.letter_id, o.case_id, o.round from letter_orders o
      join sealed_letters s on s.letter_id = o.letter_id
      join cases c on c.case_id = o.case_id
      join rounds r on r.case_id = o.case_id and r.round = o.round
    where o.state = 'handedOver' and not o.stopped
      and (c.state not in ('published', 'begun', 'expired') or r.pin_state <> 'live'
        or exists (select 1 from rounds n where n.case_id = o.case_id and n.round > o.round))
    order by o.letter_id`.execute(database.kysely)
  const folder = join(config.dataDir, 'stop-list')
  if (rows.length > 0) await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const { letter_id: letterId, case_id: subject, round } of rows) {
    const order: StopOrder = { letterId, stop: true }
    const bytes = Buffer.from(`${JSON.stringify(order)}\n`)
    const signature = await signBundle(secrets.signingKey, bytes)
    const path = join(folder, letterId)
    // The signature comes first: a list without one would be refused, a signature without a list stops nothing.
    await writeDurably(`${path}.sig`, `${signature}\n`)
    await writeDurably(`${path}.tmp`, bytes)
    await renameDurably(`${path}.tmp`, `${path}.json`)
    await database.transaction(async (transaction) => {
      await transaction
        .updateTable('letter_orders')
        .set({ stopped: true })
        .where('letter_id', '=', letterId)
        .execute()
      await record(transaction, clock, {
        ...{ actor: 'office', action: 'letter.stopOrdered', subject, round },
      })
    })
  }
  return rows.length
}
