// What was sent: receipt, sealed manifest and answers until the office has acknowledged them; the receipt stays as part of the tombstone.
import type { Clock } from '@einmal-pin/platform/clock'
import type { Queryable } from '@einmal-pin/platform/database'
import type { Receipt, ReceiptStatus } from '@einmal-pin/wire/submission'
import { type Selectable, sql } from 'kysely'
import type { PortalTables, SubmissionTable } from './schema.ts'

type Db = Queryable<PortalTables>
export type SubmissionRow = Selectable<SubmissionTable>

export type NewSubmission = {
  readonly receipt: Receipt
  readonly idempotencyKey: string
  readonly manifest: Uint8Array | null
  readonly answers: Uint8Array | null
  readonly answersSha256: string
}

export async function addSubmission(db: Db, sent: NewSubmission): Promise<void> {
  const { receipt, idempotencyKey, manifest, answers, answersSha256 } = sent
  await db
    .insertInto('submissions')
    .values({
      case_id: receipt.caseId,
      round: receipt.round,
      idempotency_key: idempotencyKey,
      receipt: JSON.stringify(receipt),
      receipt_number: receipt.receiptNumber,
      received_at: receipt.receivedAt,
      manifest: manifest && Buffer.from(manifest),
      answers: answers && Buffer.from(answers),
      answers_sha256: answersSha256,
    })
    .execute()
}

export async function findSubmission(db: Db, caseId: string): Promise<SubmissionRow | undefined> {
  return await db
    .selectFrom('submissions')
    .where('case_id', '=', caseId)
    .selectAll()
    .executeTakeFirst()
}

export async function isNumberTaken(db: Db, receiptNumber: string): Promise<boolean> {
  const row = await db
    .selectFrom('submissions')
    .where('receipt_number', '=', receiptNumber)
    .select('case_id')
    .executeTakeFirst()
  return row !== undefined
}

/** The office has everything: its MAC stays, the ciphertext goes. */
export async function acknowledge(
  db: Db,
  clock: Clock,
  caseId: string,
  acknowledgement: string,
): Promise<void> {
  await db
    .updateTable('submissions')
    .set({ acknowledgement, acknowledged_at: clock.sql, manifest: null, answers: null })
    .where('case_id', '=', caseId)
    .execute()
}

/** A quarantined submission that nobody could verify in time loses its ciphertext; the receipt stays. */
export async function dropCiphertext(db: Db, caseId: string): Promise<void> {
  await db
    .updateTable('submissions')
    .set({ manifest: null, answers: null })
    .where('case_id', '=', caseId)
    .execute()
}

export function receiptStatus(row: SubmissionRow): ReceiptStatus {
  const { receipt, acknowledgement, acknowledged_at: at } = row
  return acknowledgement === null || at === null
    ? { receipt, delivery: 'waiting' }
    : { receipt, delivery: 'confirmed', acknowledgement, acknowledgedAt: at.toISOString() }
}

/** The year that the receipt number begins with, and the instant that the receipt certifies. */
export async function receiptTime(
  db: Db,
  clock: Clock,
): Promise<{ readonly year: number; readonly receivedAt: string }> {
  const { rows } = await sql<{ now: Date; year: number }>`
    select t.now, extract(year from t.now at time zone 'Europe/Berlin')::int as year
    from (select ${clock.sql} as now) t`.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error('the database told no time')
  return { year: row.year, receivedAt: row.now.toISOString() }
}
