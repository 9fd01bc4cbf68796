// Returned mail: the PIN of a letter that came back dies, and a clerk looks for the address.
import { type LetterState, nextLetterState } from '@einmal-pin/domain/letter-life'
import type { ReturnsReport } from '@einmal-pin/wire/office-api'
import { record } from '../audit/audit.ts'
import { lockCase } from '../cases/case-rows.ts'
import { movePin } from '../courier/command-effects.ts'
import { enqueueCommand, forgetCommands } from '../courier/commands.ts'
import type { Office } from '../office.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import { openTask } from '../tasks.ts'

const REMINDER = /-r$/
const PAGE_MARK = /;\d+\/\d+$/

/**
 * `marks` are letter ids or what a scanner reads from a page. A returned reminder means that the person does not live there, and so the
 * letter with the PIN does not reach them either. The PIN is frozen, not ended: the case waits for an address and a new letter.
 */
export async function noteReturns(
  office: Office,
  marks: readonly string[],
  actor: string,
): Promise<ReturnsReport> {
  const letterIds = [
    ...new Set(marks.map((mark) => mark.replace(PAGE_MARK, '').replace(REMINDER, ''))),
  ]
  const unknown: string[] = []
  const notPosted: string[] = []
  let returned = 0
  for (const letterId of letterIds) {
    const outcome = await office.database.transaction((transaction) =>
      noteReturn(transaction, office, letterId, actor),
    )
    if (outcome === 'unknown') unknown.push(letterId)
    if (outcome === 'notPosted') notPosted.push(letterId)
    if (outcome === 'returned') returned += 1
  }
  office.poke()
  const unchanged = letterIds.length - returned - unknown.length - notPosted.length
  return { returned, unchanged, unknown, notPosted }
}

async function noteReturn(
  transaction: OfficeTransaction,
  { clock }: Office,
  letterId: string,
  actor: string,
): Promise<'returned' | 'unchanged' | 'unknown' | 'notPosted'> {
  const known = await transaction
    .selectFrom('rounds')
    .select('case_id')
    .where('letter_id', '=', letterId)
    .executeTakeFirst()
  if (known === undefined) return 'unknown'
  const { case_id: caseId } = known
  await lockCase(transaction, caseId)
  const round = await transaction
    .selectFrom('rounds')
    .selectAll()
    .where('letter_id', '=', letterId)
    .executeTakeFirstOrThrow()
  if (round.letter_state === 'returned') return 'unchanged'
  const next = nextLetterState(round.letter_state as LetterState, 'return')
  if (!next.ok) return 'notPosted'
  await transaction
    .updateTable('rounds')
    .set({ letter_state: next.value })
    .where('letter_id', '=', letterId)
    .execute()
  if (await movePin(transaction, round, 'freeze')) {
    await forgetCommands(transaction, caseId, [round.round])
    const command = { type: 'settle', round: round.round, state: 'locked' } as const
    await enqueueCommand(transaction, clock, caseId, command)
  }
  await openTask(transaction, clock, { kind: 'returned', caseId, code: letterId })
  const entry = { actor, action: 'letter.returned', subject: caseId, round: round.round } as const
  await record(transaction, clock, entry)
  return 'returned'
}
