// Orders a letter: the first one of a case, or a new PIN for one that is lost, stolen or was asked for online.

import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import { needsFourEyes, REISSUE_RULES, type ReissueReason } from '@einmal-pin/domain/reissue'
import { newId } from '@einmal-pin/vault/random'
import type { ReissueMode } from '@einmal-pin/wire/office-link'
import { problem } from '@einmal-pin/wire/problem'
import { type Actor, record } from '../audit/audit.ts'
import { movePin } from '../courier/command-effects.ts'
import { enqueueCommand, forgetCommands } from '../courier/commands.ts'
import type { Office } from '../office.ts'
import { startRun } from '../print/start-run.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import { withdrawTasks } from '../tasks.ts'
import { actionsOf } from './case-detail.ts'
import { type CaseRow, lockCase, readRounds } from './case-rows.ts'
import { isAgreedByTwo } from './second-person.ts'
import { todayIn } from './today.ts'

/** "Brief erstellen": prints the letter of a case that waits for its first one. Throws `action.notAllowed`. */
export async function printOneLetter(office: Office, caseId: string, actor: Actor): Promise<void> {
  await office.database.transaction(async (transaction) => {
    await requireAction(transaction, caseId, 'printLetter')
    await order(transaction, office, caseId, 'none', actor)
    await startRun(transaction, office.clock, actor, { caseIds: [caseId] })
  })
  office.poke()
}

/**
 * A new PIN. Ordered by a clerk it is printed at once, for the old one dies with it. Throws `case.none`,
 * `action.notAllowed` or, as long as nobody else has asked for the same, `reissue.fourEyes`.
 */
export async function reissue(
  office: Office,
  caseId: string,
  reason: ReissueReason,
  actor: Actor,
): Promise<void> {
  const isAgreed = await office.database.transaction(async (transaction) => {
    const row = await requireAction(transaction, caseId, 'reissue')
    const today = await todayIn(transaction, office.clock)
    const changedOn = row.address_changed_on as CalendarDate | null
    const isFresh = needsFourEyes(changedOn ?? undefined, today)
    const wish = { caseId, reason, actor }
    if (isFresh && !(await isAgreedByTwo(transaction, office.clock, wish))) return false
    await order(transaction, office, caseId, reason, actor)
    await withdrawTasks(transaction, office.clock, { kind: 'locked', caseId, actor })
    if (REISSUE_RULES[reason].oldPin === 'atOnce') await killOldPins(transaction, office, caseId)
    await startRun(transaction, office.clock, actor, { caseIds: [caseId] })
    return true
  })
  // Only now: the first person's word is kept.
  if (!isAgreed) throw problem('reissue.fourEyes')
  office.poke()
}

/**
 * For letters that nobody will get, spoiled in print or on their way to an old address: their PINs die, and new ones are ordered for the
 * same secrets and drafts. Returns how many were ordered; a case that ended meanwhile needs none.
 */
export async function replaceLetters(
  transaction: OfficeTransaction,
  office: Office,
  caseIds: readonly string[],
  actor: Actor,
): Promise<number> {
  const ordered: string[] = []
  for (const caseId of caseIds) {
    const row = await lockCase(transaction, caseId)
    const rounds = await readRounds(transaction, caseId)
    if (!actionsOf(row, rounds.at(-1)).includes('reissue')) continue
    await order(transaction, office, caseId, 'lost', actor)
    await killOldPins(transaction, office, caseId)
    ordered.push(caseId)
  }
  if (ordered.length > 0) {
    await startRun(transaction, office.clock, actor, { caseIds: ordered, kind: 'pin' })
  }
  return ordered.length
}

/**
 * Without waiting for the new letter, which may take its time or not be printable at all: the portal
 * learns now that the old PINs are replaced.
 */
async function killOldPins(
  transaction: OfficeTransaction,
  { clock }: Office,
  caseId: string,
): Promise<void> {
  for (const round of await readRounds(transaction, caseId)) {
    if (!(await movePin(transaction, round, 'supersede'))) continue
    await forgetCommands(transaction, caseId, [round.round])
    const command = { type: 'settle', round: round.round, state: 'superseded' } as const
    await enqueueCommand(transaction, clock, caseId, command)
  }
}

async function requireAction(
  transaction: OfficeTransaction,
  caseId: string,
  action: 'printLetter' | 'reissue',
): Promise<CaseRow> {
  const row = await lockCase(transaction, caseId)
  const rounds = await readRounds(transaction, caseId)
  if (!actionsOf(row, rounds.at(-1)).includes(action)) throw problem('action.notAllowed')
  return row
}

/** A second order while one is on its way changes nothing but its reason: theft is stronger than loss. */
async function order(
  transaction: OfficeTransaction,
  { clock }: Office,
  caseId: string,
  reissued: ReissueMode,
  actor: Actor,
): Promise<void> {
  const pending = await transaction
    .selectFrom('letter_orders')
    .select(['order_id', 'state', 'reissue'])
    .where('case_id', '=', caseId)
    .where('kind', '=', 'pin')
    .where('state', 'in', ['waiting', 'making', 'made'])
    .executeTakeFirst()
  if (pending !== undefined && pending.state !== 'waiting') throw problem('action.notAllowed')
  if (pending !== undefined) {
    const strongest = STRENGTH[pending.reissue] > STRENGTH[reissued] ? pending.reissue : reissued
    await transaction
      .updateTable('letter_orders')
      .set({ reissue: strongest })
      .where('order_id', '=', pending.order_id)
      .execute()
    return
  }
  await transaction
    .insertInto('letter_orders')
    .values({
      order_id: newId(),
      case_id: caseId,
      reissue: reissued,
      state: 'waiting',
      ordered_at: clock.sql,
      ordered_by: actor,
    })
    .execute()
  const detail = { reissue: reissued }
  await record(transaction, clock, { actor, action: 'letter.ordered', subject: caseId, detail })
}

const STRENGTH = { none: 0, online: 1, lost: 2, stolen: 3 } as const satisfies Record<
  ReissueMode,
  number
>
