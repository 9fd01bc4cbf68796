// The portal has accepted a submission: the case is sent, its PINs are dead, and the intake has something to fetch.
import { verifyReceipt } from '@einmal-pin/vault/receipt'
import type { Receipt } from '@einmal-pin/wire/submission'
import { lockCase, readRounds } from '../cases/case-rows.ts'
import { moveCase, movePin } from '../courier/command-effects.ts'
import { forgetCommands } from '../courier/commands.ts'
import type { Office } from '../office.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import { openTask } from '../tasks.ts'

/**
 * Idempotent. A receipt that the pinned key did not sign, or that tells of another case than `caseId`, changes nothing and becomes a
 * task.
 */
export async function receiptArrived(
  transaction: OfficeTransaction,
  office: Office,
  caseId: string,
  receipt: Receipt,
): Promise<void> {
  const { clock } = office
  const odd = { kind: 'quarantine', caseId, code: 'submission.receipt' } as const
  if (!(await isOurs(office, caseId, receipt))) return openTask(transaction, clock, odd)
  const row = await lockCase(transaction, caseId)
  const inserted = await insertOffered(transaction, office, receipt)
  // Either this case has its submission already, or another case has this Eingangsnummer.
  if (!inserted && !(await isKnown(transaction, caseId))) return openTask(transaction, clock, odd)
  if (!inserted) return
  if (row.state === 'revoked') {
    const late = { kind: 'lateSubmission', caseId, code: 'submission.afterRevocation' } as const
    await openTask(transaction, clock, late)
  }
  await moveCase(transaction, caseId, row.state, 'submit')
  for (const one of await readRounds(transaction, caseId)) {
    await movePin(transaction, one, one.round === receipt.round ? 'submit' : 'supersede')
  }
  await forgetCommands(transaction, caseId)
  await transaction
    .updateTable('letter_orders')
    .set({ state: 'withdrawn' })
    .where('case_id', '=', caseId)
    .where('state', '=', 'waiting')
    .execute()
}

const isOurs = async ({ secrets }: Office, caseId: string, receipt: Receipt): Promise<boolean> =>
  receipt.caseId === caseId &&
  !Number.isNaN(Date.parse(receipt.receivedAt)) &&
  (await verifyReceipt(receipt, [secrets.receiptKey]))

async function insertOffered(
  transaction: OfficeTransaction,
  { clock }: Office,
  receipt: Receipt,
): Promise<boolean> {
  const inserted = await transaction
    .insertInto('submissions')
    .values({
      case_id: receipt.caseId,
      round: receipt.round,
      receipt: JSON.stringify(receipt),
      receipt_number: receipt.receiptNumber,
      submitted_at: new Date(receipt.receivedAt),
      manifest_sha256: receipt.manifestSha256,
      state: 'offered',
      documents: 0,
      changes: 0,
      deviations: 0,
      received_at: clock.sql,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows !== 0n
}

async function isKnown(transaction: OfficeTransaction, caseId: string): Promise<boolean> {
  const row = await transaction
    .selectFrom('submissions')
    .select('case_id')
    .where('case_id', '=', caseId)
    .executeTakeFirst()
  return row !== undefined
}
