// What a clerk decides about a submission: who works on it, and that it is accepted.
import { type CaseState, nextCaseState } from '@einmal-pin/domain/case'
import { problem } from '@einmal-pin/wire/problem'
import { type Actor, record } from '../audit/audit.ts'
import { lockCase } from '../cases/case-rows.ts'
import type { Office } from '../office.ts'

/** Throws `inbox.none`. */
export async function assignSubmission(
  { database, clock }: Office,
  caseId: string,
  to: string | null,
  actor: Actor,
): Promise<void> {
  await database.transaction(async (transaction) => {
    const assigned = await transaction
      .updateTable('submissions')
      .set({ assigned_to: to })
      .where('case_id', '=', caseId)
      .where('sealed_content', 'is not', null)
      .executeTakeFirst()
    if (assigned.numUpdatedRows === 0n) throw problem('inbox.none')
    const detail = { to }
    const action = 'submission.assigned'
    await record(transaction, clock, { actor, action, subject: caseId, detail })
  })
}

/** Throws `inbox.none` or `action.notAllowed`. */
export async function acceptSubmission(
  { database, clock }: Office,
  caseId: string,
  actor: Actor,
): Promise<void> {
  await database.transaction(async (transaction) => {
    const row = await lockCase(transaction, caseId)
    const next = nextCaseState(row.state as CaseState, 'accept')
    if (!next.ok) throw problem('action.notAllowed')
    const accepted = await transaction
      .updateTable('submissions')
      .set({ state: 'accepted' })
      .where('case_id', '=', caseId)
      .where('state', '=', 'received')
      .executeTakeFirst()
    if (accepted.numUpdatedRows === 0n) throw problem('inbox.none')
    await transaction
      .updateTable('cases')
      .set({ state: next.value })
      .where('case_id', '=', caseId)
      .execute()
    const action = 'submission.accepted'
    await record(transaction, clock, { actor, action, subject: caseId })
  })
}
