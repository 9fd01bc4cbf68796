// What the office writes once the portal has answered a command.
import { type CaseEvent, type CaseState, nextCaseState } from '@einmal-pin/domain/case'
import { nextPinState, type PinEvent, type PinState } from '@einmal-pin/domain/pin-life'
import type { ReissueMode } from '@einmal-pin/wire/office-link'
import { record } from '../audit/audit.ts'
import { lockCase, type RoundRow, readRounds } from '../cases/case-rows.ts'
import type { Office } from '../office.ts'
import { forgetLetters } from '../print/forget-letters.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import { forgetCommands } from './commands.ts'

interface AnsweredCommand {
  readonly case_id: string
  readonly number: number
  readonly type: string
  readonly round: number | null
}

const PUBLISH_EVENT = {
  none: 'publish',
  lost: 'reissue',
  online: 'reissue',
  stolen: 'reissueEmpty',
} as const satisfies Record<ReissueMode, CaseEvent>

/** Idempotent: an answer may arrive twice. */
export async function commandApplied(
  transaction: OfficeTransaction,
  { clock }: Office,
  command: AnsweredCommand,
): Promise<void> {
  const changed = await setCommand(transaction, command, { state: 'applied', code: null })
  if (!changed || command.type !== 'publish' || command.round === null) return
  const { case_id: caseId, round } = command
  const row = await lockCase(transaction, caseId)
  const rounds = await readRounds(transaction, caseId)
  const published = rounds.find((candidate) => candidate.round === round)
  if (published === undefined) return
  await transaction
    .updateTable('letter_orders')
    .set({ state: 'published' })
    .where('letter_id', '=', published.letter_id)
    .where('state', '=', 'made')
    .execute()
  const event = row.state === 'opened' ? 'publish' : PUBLISH_EVENT[published.reissue]
  await moveCase(transaction, caseId, row.state, event)
  await replaceOlder(transaction, rounds, published)
  // The case was ended, or the PIN replaced, while the answer was on its way.
  if (published.pin_state !== 'live') await forgetCommands(transaction, caseId, [round])
  const action = 'letter.published'
  await record(transaction, clock, { actor: 'courier', action, subject: caseId, round })
}

/** Lost and stolen kill every older PIN; an online order lets the one in force stand until the first login. */
async function replaceOlder(
  transaction: OfficeTransaction,
  rounds: readonly RoundRow[],
  published: RoundRow,
): Promise<void> {
  const older = rounds.filter(({ round }) => round < published.round)
  const inForce = older.find(({ pin_state }) => pin_state === 'live')
  const dead = older.filter((round) => published.reissue !== 'online' || round !== inForce)
  for (const round of dead) await movePin(transaction, round, 'supersede')
  if (dead.length === 0) return
  const numbers = dead.map(({ round }) => round)
  await forgetCommands(transaction, published.case_id, numbers)
  if (published.reissue !== 'stolen') return
  // The thief may know the old secret: nothing sealed under it is ever opened again.
  await transaction
    .updateTable('rounds')
    .set({ kek_wrap: null })
    .where('case_id', '=', published.case_id)
    .where('round', 'in', numbers)
    .execute()
}

/** A refused publication withdraws its letter: it must not leave. */
export async function commandRefused(
  transaction: OfficeTransaction,
  { clock }: Office,
  command: AnsweredCommand,
  code: string,
): Promise<void> {
  const changed = await setCommand(transaction, command, { state: 'refused', code })
  if (!changed || command.type !== 'publish' || command.round === null) return
  const { case_id: caseId, round } = command
  await transaction
    .updateTable('letter_orders')
    .set({ state: 'refused', code })
    .where('case_id', '=', caseId)
    .where('round', '=', round)
    .where('state', '=', 'made')
    .execute()
  await transaction
    .updateTable('rounds')
    .set({ letter_state: 'withdrawn', pin_state: 'revoked' })
    .where('case_id', '=', caseId)
    .where('round', '=', round)
    .execute()
  await forgetCommands(transaction, caseId, [round])
  await forgetLetters(transaction, [`${caseId}-${round}`])
  const detail = { code }
  const action = 'letter.refused'
  await record(transaction, clock, { actor: 'courier', action, subject: caseId, round, detail })
}

async function setCommand(
  transaction: OfficeTransaction,
  { case_id, number }: AnsweredCommand,
  change: { state: 'applied' | 'refused'; code: string | null },
): Promise<boolean> {
  const updated = await transaction
    .updateTable('commands')
    .set(change)
    .where('case_id', '=', case_id)
    .where('number', '=', number)
    .where('state', '=', 'pending')
    .executeTakeFirst()
  return updated.numUpdatedRows > 0n
}

/** Moves a case where the table allows it; facts and answers arrive late and in any order. */
export async function moveCase(
  transaction: OfficeTransaction,
  caseId: string,
  state: string,
  event: CaseEvent,
): Promise<boolean> {
  const next = nextCaseState(state as CaseState, event)
  if (!next.ok) return false
  await transaction
    .updateTable('cases')
    .set({ state: next.value })
    .where('case_id', '=', caseId)
    .execute()
  return true
}

export async function movePin(
  transaction: OfficeTransaction,
  round: RoundRow,
  event: PinEvent,
): Promise<boolean> {
  const next = nextPinState(round.pin_state as PinState, event)
  if (!next.ok) return false
  await transaction
    .updateTable('rounds')
    .set({ pin_state: next.value })
    .where('case_id', '=', round.case_id)
    .where('round', '=', round.round)
    .execute()
  return true
}
