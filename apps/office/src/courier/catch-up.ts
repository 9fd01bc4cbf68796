// A restored office has numbers that the portal has used already: what waits is renumbered, so that it really takes effect.
import { sql } from 'kysely'
import { record } from '../audit/audit.ts'
import { lockCase } from '../cases/case-rows.ts'
import type { Office } from '../office.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import { openTask } from '../tasks.ts'
import { commandRefused, moveCase } from './command-effects.ts'

// [Note: Restored office]
// Commands carry a number per case, and the portal applies only a higher one. An office from a backup counts on from where the backup
// was: its new commands have numbers that the portal knows under other commands, and would be refused (or worse, be taken for answered).
// The portal says which number it has; all that waits for that case gets numbers above it, in the same order. A letter cannot be
// renumbered, its sealed package names its number: it is withdrawn and made again with a new PIN. A first letter is withdrawn only, for
// the portal has one that this office forgot: a clerk decides.

/** Commands that one case can have had since a backup; a portal that claims more would only use up the numbers. */
const MOST_AHEAD = 1_000
/** Restores forget their own count, so only a portal that lies gets this far. */
const MOST_TIMES = 5

interface Waiting {
  readonly case_id: string
  readonly number: number
  readonly type: string
  readonly round: number | null
}

/** Whether the number that the portal claims can be true. */
export const isCredible = (claimed: unknown, lastCommand: number): claimed is number =>
  Number.isSafeInteger(claimed) &&
  Number(claimed) > 0 &&
  Number(claimed) <= lastCommand + MOST_AHEAD

/** False when the portal is not to be believed; then nothing has changed. */
export async function catchUp(office: Office, caseId: string, claimed: unknown): Promise<boolean> {
  const { database, clock } = office
  return database.transaction(async (transaction) => {
    const { last_command: last, state } = await lockCase(transaction, caseId)
    if (!isCredible(claimed, last) || (await timesSoFar(transaction, caseId)) >= MOST_TIMES) {
      return false
    }
    const letters = await waitingCommands(transaction, caseId, ['publish'])
    for (const letter of letters) await withdrawLetter(transaction, office, letter)
    if (letters.length > 0) await moveCase(transaction, caseId, state, 'publish')
    const base = Math.max(claimed, last)
    const others = await waitingCommands(transaction, caseId)
    for (const [index, { number }] of others.entries()) {
      await renumber(transaction, { caseId, number, to: base + 1 + index })
    }
    await transaction
      .updateTable('cases')
      .set({ last_command: base + others.length })
      .where('case_id', '=', caseId)
      .execute()
    const detail = { above: base, commands: others.length }
    const entry = { actor: 'courier', action: 'command.renumbered', detail } as const
    await record(transaction, clock, { ...entry, subject: caseId })
    // Seen by the comparison, which now has more to look at than this case.
    await record(transaction, clock, { ...entry, subject: 'portal' })
    return true
  })
}

async function timesSoFar(transaction: OfficeTransaction, caseId: string): Promise<number> {
  const { times } = await transaction
    .selectFrom('audit')
    .select(sql<number>`count(*)`.as('times'))
    .where('subject', '=', caseId)
    .where('action', '=', 'command.renumbered')
    .executeTakeFirstOrThrow()
  return times
}

function waitingCommands(
  transaction: OfficeTransaction,
  caseId: string,
  types?: readonly string[],
): Promise<Waiting[]> {
  const waiting = transaction
    .selectFrom('commands')
    .select(['case_id', 'number', 'type', 'round'])
    .where('case_id', '=', caseId)
    .where('state', '=', 'pending')
    .orderBy('number')
  return types === undefined ? waiting.execute() : waiting.where('type', 'in', [...types]).execute()
}

/** The new number is above all others of the case, so it is free. */
const renumber = (
  transaction: OfficeTransaction,
  { caseId, number, to }: { readonly caseId: string; readonly number: number; readonly to: number },
) =>
  transaction
    .updateTable('commands')
    .set({ number: to, attempts: 0, not_before: sql<Date>`'epoch'` })
    .where('case_id', '=', caseId)
    .where('number', '=', number)
    .execute()

const CODE = 'command.outdated'

async function withdrawLetter(
  transaction: OfficeTransaction,
  office: Office,
  letter: Waiting,
): Promise<void> {
  const { case_id: caseId, round } = letter
  const order = await transaction
    .selectFrom('letter_orders')
    .select(['order_id', 'reissue'])
    .where('case_id', '=', caseId)
    .where('round', '=', round)
    .where('state', '=', 'made')
    .executeTakeFirst()
  await commandRefused(transaction, office, letter, CODE)
  if (order !== undefined && order.reissue !== 'none') {
    await transaction
      .updateTable('letter_orders')
      .set({ state: 'making', round: null, letter_id: null, code: null })
      .where('order_id', '=', order.order_id)
      .execute()
    return
  }
  // The portal's letter has a secret that this office has forgotten; the one made here opens nothing that the person has written.
  await transaction
    .updateTable('rounds')
    .set({ kek_wrap: null })
    .where('case_id', '=', caseId)
    .where('round', '=', round)
    .execute()
  await openTask(transaction, office.clock, { kind: 'commandRefused', caseId, code: CODE })
}
