// The portal has accepted a submission: the case is sent, its PINs are dead, and the intake has something to fetch.
import { verifyReceipt } from '@einmal-pin/vault/receipt'
import type { Receipt } from '@einmal-pin/wire/submission'
import { lockCase, readRounds } from '../cases/case-rows.ts'
import { moveCase, movePin } from '../courier/command-effects.ts'
import { forgetCommands } from '../courier/commands.ts'
import type { Office } from '../office.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import { openTask } from '../tasks.ts'

/** Idempotent. A receipt that the pinned key did not sign changes nothing and becomes a task. */
export async function receiptArrived(
  transaction: OfficeTransaction,
  { clock, secrets }: Office,
  receipt: Receipt,
): Promise<void> {
  const { caseId, round } = receipt
  if (!(await verifyReceipt(receipt, [secrets.receiptKey]))) {
    return openTask(transaction, clock, { kind: 'quarantine', caseId, code: 'submission.receipt' })
  }
  const row = await lockCase(transaction, caseId)
  const inserted = await transaction
    .insertInto('submissions')
    .values({
      case_id: caseId,
      round,
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
  if (inserted.numInsertedOrUpdatedRows === 0n) return
  await moveCase(transaction, caseId, row.state, 'submit')
  for (const one of await readRounds(transaction, caseId)) {
    await movePin(transaction, one, one.round === round ? 'submit' : 'supersede')
  }
  await forgetCommands(transaction, caseId)
  await transaction
    .updateTable('letter_orders')
    .set({ state: 'withdrawn' })
    .where('case_id', '=', caseId)
    .where('state', '=', 'waiting')
    .execute()
}
