// Two clerks must agree before a new PIN that one of them orders goes to a fresh address (domain.md 4.3).
import type { ReissueReason } from '@einmal-pin/domain/reissue'
import type { Clock } from '@einmal-pin/platform/clock'
import { newId } from '@einmal-pin/vault/random'
import { type Actor, PROGRAMS, record } from '../audit/audit.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import { openTask, withdrawTasks } from '../tasks.ts'

interface Wish {
  readonly caseId: string
  readonly reason: ReissueReason
  readonly actor: Actor
}

/**
 * True when somebody else has asked for the same before; otherwise this is kept as the first word, with a task for the second. An order
 * that came in online, or from a program, is nobody's word: whoever sits at the office could have sent it, and one operator may hold both tokens.
 */
export async function isAgreedByTwo(
  transaction: OfficeTransaction,
  clock: Clock,
  { caseId, reason, actor }: Wish,
): Promise<boolean> {
  if (reason === 'online' || PROGRAMS.includes(actor)) return false
  const agreed = await transaction
    .updateTable('reissue_requests')
    .set({ approved_by: actor, approved_at: clock.sql })
    .where('case_id', '=', caseId)
    .where('reason', '=', reason)
    .where('requested_by', '<>', actor)
    .where('approved_by', 'is', null)
    .executeTakeFirst()
  const detail = { reason }
  if (agreed.numUpdatedRows > 0n) {
    await withdrawTasks(transaction, clock, { kind: 'secondPerson', caseId, actor })
    await record(transaction, clock, {
      ...{ actor, action: 'reissue.approved', subject: caseId, detail },
    })
    return true
  }
  await forgetWishes(transaction, caseId)
  const wish = { request_id: newId(), case_id: caseId, reason, requested_by: actor }
  await transaction
    .insertInto('reissue_requests')
    .values({ ...wish, requested_at: clock.sql })
    .execute()
  await openTask(transaction, clock, { kind: 'secondPerson', caseId, code: 'reissue.fourEyes' })
  await record(transaction, clock, {
    ...{ actor, action: 'reissue.requested', subject: caseId, detail },
  })
  return false
}

/** A first word about an earlier address says nothing about a new one. */
export async function forgetWishes(transaction: OfficeTransaction, caseId: string): Promise<void> {
  await transaction
    .deleteFrom('reissue_requests')
    .where('case_id', '=', caseId)
    .where('approved_by', 'is', null)
    .execute()
}
