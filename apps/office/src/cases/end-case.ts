// Ends a case before it was answered online: withdrawn, or answered on paper. The portal hears of it at once.
import { type CaseState, nextCaseState, type RevocationReason } from '@einmal-pin/domain/case'
import { nextPinState, type PinState } from '@einmal-pin/domain/pin-life'
import { erasesDraft } from '@einmal-pin/domain/retention'
import { problem } from '@einmal-pin/wire/problem'
import { type Actor, record } from '../audit/audit.ts'
import { enqueueCommand, forgetCommands } from '../courier/commands.ts'
import type { Office } from '../office.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import { withdrawTasks } from '../tasks.ts'
import { actionsOf } from './case-detail.ts'
import { lockCase, type RoundRow, readRounds } from './case-rows.ts'

/** Throws `case.none` or `action.notAllowed`. */
export async function endCase(
  { database, clock, poke }: Office,
  caseId: string,
  reason: RevocationReason,
  actor: Actor,
): Promise<void> {
  await database.transaction(async (transaction) => {
    const row = await lockCase(transaction, caseId)
    const rounds = await readRounds(transaction, caseId)
    const next = nextCaseState(row.state as CaseState, 'revoke')
    const wanted = reason === 'answeredOnPaper' ? 'answeredOnPaper' : 'revoke'
    if (!next.ok || !actionsOf(row, rounds.at(-1)).includes(wanted)) {
      throw problem('action.notAllowed')
    }
    await transaction
      .updateTable('cases')
      .set({ state: next.value, closed_reason: reason })
      .where('case_id', '=', caseId)
      .execute()
    for (const round of rounds) await revokePin(transaction, round)
    await forgetCommands(transaction, caseId)
    await withdrawWaitingOrders(transaction, caseId)
    // Nobody waits for a new letter any more.
    await withdrawTasks(transaction, clock, { kind: 'locked', caseId, actor })
    if (rounds.length > 0) {
      const command = { type: 'revoke', eraseDraft: erasesDraft(reason) } as const
      await enqueueCommand(transaction, clock, caseId, command)
    }
    const action = reason === 'answeredOnPaper' ? 'case.answeredOnPaper' : 'case.revoked'
    await record(transaction, clock, { actor, action, subject: caseId, detail: { reason } })
  })
  poke()
}

async function revokePin(transaction: OfficeTransaction, round: RoundRow): Promise<void> {
  const next = nextPinState(round.pin_state as PinState, 'revoke')
  if (!next.ok) return
  await transaction
    .updateTable('rounds')
    .set({ pin_state: next.value })
    .where('case_id', '=', round.case_id)
    .where('round', '=', round.round)
    .execute()
}

/** Letters that were made but have not left are found again by the print run's re-check. */
async function withdrawWaitingOrders(
  transaction: OfficeTransaction,
  caseId: string,
): Promise<void> {
  await transaction
    .updateTable('letter_orders')
    .set({ state: 'withdrawn' })
    .where('case_id', '=', caseId)
    .where('state', '=', 'waiting')
    .execute()
}
