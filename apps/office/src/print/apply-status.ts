// What the print centre says of each letter: printed, posted, spoiled, stopped. Saying it twice changes nothing.
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import {
  isPostedLate,
  type LetterEvent,
  type LetterState,
  nextLetterState,
} from '@einmal-pin/domain/letter-life'
import type { StatusReport } from '@einmal-pin/wire/office-api'
import type { LetterOutcome } from '@einmal-pin/wire/print-hand-over'
import { type Actor, record } from '../audit/audit.ts'
import { replaceLetters } from '../cases/order-letter.ts'
import type { Office } from '../office.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import { openTask } from '../tasks.ts'

const EVENTS = {
  printed: 'print',
  posted: 'post',
  spoiled: 'spoil',
  stopped: 'withdraw',
} as const satisfies Record<LetterOutcome['outcome'], LetterEvent>

/** `actor` is who brought the report. In one transaction. A letter that the office never handed over is named and changes nothing. */
export async function applyStatus(
  office: Office,
  outcomes: readonly LetterOutcome[],
  actor: Actor = 'print-centre',
): Promise<StatusReport> {
  const report = await office.database.transaction(async (transaction) => {
    const unknown: string[] = []
    const spoiled: string[] = []
    let applied = 0
    for (const outcome of outcomes) {
      const changed = await applyOne(transaction, office, outcome, actor)
      if (changed === 'unknown') unknown.push(outcome.letterId)
      if (changed === 'unknown' || changed === 'unchanged') continue
      applied += 1
      if (changed !== 'applied') spoiled.push(changed.spoiledCase)
    }
    const replaced = await replaceLetters(transaction, office, spoiled, actor)
    return { applied, unchanged: outcomes.length - applied - unknown.length, unknown, replaced }
  })
  if (report.replaced > 0) office.poke()
  return report
}

async function applyOne(
  transaction: OfficeTransaction,
  office: Office,
  outcome: LetterOutcome,
  actor: Actor,
): Promise<'unknown' | 'unchanged' | 'applied' | { readonly spoiledCase: string }> {
  const { letterId } = outcome
  const order = await transaction
    .selectFrom('letter_orders')
    .select(['case_id', 'kind', 'round'])
    .where('letter_id', '=', letterId)
    .where('state', '=', 'handedOver')
    .executeTakeFirst()
  if (order === undefined) return 'unknown'
  const isGone = outcome.outcome !== 'printed'
  if (order.kind === 'reminder') {
    const row = isGone ? await forgetSealed(transaction, letterId) : 0n
    return row > 0n ? 'applied' : 'unchanged'
  }
  const changed = await moveLetter(transaction, office, outcome, actor)
  if (isGone) await forgetSealed(transaction, letterId)
  if (!changed) return 'unchanged'
  return outcome.outcome === 'spoiled' ? { spoiledCase: order.case_id } : 'applied'
}

/** A reprint is a new PIN: nobody needs the sealed letter once it is posted, spoiled or stopped. */
async function forgetSealed(transaction: OfficeTransaction, letterId: string): Promise<bigint> {
  const gone = await transaction
    .deleteFrom('sealed_letters')
    .where('letter_id', '=', letterId)
    .executeTakeFirst()
  return gone.numDeletedRows
}

async function moveLetter(
  transaction: OfficeTransaction,
  { clock }: Office,
  { letterId, outcome, printedOn, postedOn }: LetterOutcome,
  actor: Actor,
): Promise<boolean> {
  const round = await transaction
    .selectFrom('rounds')
    .select(['case_id', 'round', 'letter_state', 'letter_date'])
    .where('letter_id', '=', letterId)
    .forUpdate()
    .executeTakeFirst()
  if (round === undefined) return false
  const next = nextLetterState(round.letter_state as LetterState, EVENTS[outcome])
  if (!next.ok) return false
  await transaction
    .updateTable('rounds')
    .set({
      letter_state: next.value,
      ...(printedOn !== undefined && { printed_on: printedOn }),
      ...(postedOn !== undefined && { posted_on: postedOn }),
    })
    .where('letter_id', '=', letterId)
    .execute()
  const subject = { caseId: round.case_id, code: letterId }
  if (outcome === 'spoiled' || outcome === 'stopped') {
    const action = outcome === 'spoiled' ? 'letter.spoiled' : 'letter.stopped'
    await record(transaction, clock, {
      ...{ actor, action, subject: round.case_id, round: round.round },
    })
  }
  const letterDate = round.letter_date as CalendarDate
  if (postedOn !== undefined && isPostedLate(letterDate, postedOn as CalendarDate)) {
    await openTask(transaction, clock, { kind: 'latePosting', ...subject })
  }
  return true
}
