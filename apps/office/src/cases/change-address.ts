// A move that the core system reports: the address of a case changes, and a letter that is not in the post yet goes to the new one.
import { type CaseState, CLERK_ACTIONS } from '@einmal-pin/domain/case'
import type { AddressInput } from '@einmal-pin/wire/office-api'
import { problem } from '@einmal-pin/wire/problem'
import { sql } from 'kysely'
import { type Actor, PROGRAMS, record } from '../audit/audit.ts'
import type { Office } from '../office.ts'
import { startRun } from '../print/start-run.ts'
import { throwAway } from '../print/throw-away.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import { withdrawTasks } from '../tasks.ts'
import { parseAddress } from './case-input.ts'
import { type CaseRow, lockCase, type RoundRow, readRounds } from './case-rows.ts'
import { replaceLetters } from './order-letter.ts'
import { forgetWishes } from './second-person.ts'
import { todayIn } from './today.ts'

/**
 * Saying the same again changes nothing. Throws `case.none`, `address.coreSystem` for everybody but the core system, `action.notAllowed`
 * for a case that is over, or `import.rejected` with what is wrong in each field.
 */
export async function changeAddress(
  office: Office,
  caseId: string,
  input: AddressInput,
  actor: Actor,
): Promise<void> {
  // A clerk changes addresses in the core system, never here.
  if (!PROGRAMS.includes(actor)) throw problem('address.coreSystem')
  const parsed = parseAddress(input)
  if (!parsed.ok) {
    const problems = parsed.error.map((field) => ({ line: 1, ...field }))
    throw problem('import.rejected', { imported: [], problems })
  }
  const { houseNumber, careOf, ...address } = parsed.value
  const columns = { ...address, house_number: houseNumber, care_of: careOf }
  const { database, clock } = office
  await database.transaction(async (transaction) => {
    const row = await lockCase(transaction, caseId)
    if (CLERK_ACTIONS[row.state as CaseState].length === 0) throw problem('action.notAllowed')
    if (isSame(row, columns)) return
    await transaction
      .updateTable('cases')
      .set({ ...columns, address_changed_on: await todayIn(transaction, clock) })
      .where('case_id', '=', caseId)
      .execute()
    await forgetWishes(transaction, caseId)
    await withdrawTasks(transaction, clock, { kind: 'secondPerson', caseId, actor })
    await record(transaction, clock, { actor, action: 'address.changed', subject: caseId })
    await redirect(transaction, office, caseId, actor)
  })
  office.poke()
}

const isSame = (row: CaseRow, columns: Readonly<Record<string, string>>): boolean =>
  Object.entries(columns).every(([name, value]) => row[name as keyof CaseRow] === value)

/**
 * In the house: thrown away, a new letter is made at once. At the print centre: its PIN dies, the stop list asks for it, a new letter is
 * made at once. In the post: it may still be forwarded or come back; nothing happens by itself.
 */
async function redirect(
  transaction: OfficeTransaction,
  office: Office,
  caseId: string,
  actor: Actor,
): Promise<void> {
  // A run that begins in this moment takes the order before the new address is saved, and is seen below, or after it.
  await sql`select order_id from letter_orders where case_id = ${caseId} and state in ('waiting', 'making')
    for update`.execute(transaction)
  const { anew } = await throwAway(transaction, office, { caseId })
  const rounds = await readRounds(transaction, caseId)
  if (rounds.some(isAtPrintCentre)) await replaceLetters(transaction, office, [caseId], actor)
  else if (anew > 0) await startRun(transaction, office.clock, actor, { caseIds: [caseId] })
}

const isAtPrintCentre = ({ letter_state, pin_state }: RoundRow): boolean =>
  (letter_state === 'made' || letter_state === 'printed') && pin_state === 'live'
