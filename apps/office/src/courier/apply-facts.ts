// Facts of the portal: fetched, applied once each in a transaction of their own, then acknowledged.
import type { Fact } from '@einmal-pin/wire/office-link'
import { sql } from 'kysely'
import { record } from '../audit/audit.ts'
import { lockCase, type RoundRow, readRounds } from '../cases/case-rows.ts'
import { receiptArrived } from '../intake/receipt-arrived.ts'
import type { Office } from '../office.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import { moveCase, movePin } from './command-effects.ts'
import { forgetCommands } from './commands.ts'
import type { PortalLink } from './link.ts'

const BATCH = 100

/** Returns false when the portal could not be reached. */
export async function fetchFacts(
  office: Office,
  link: PortalLink,
  signal: AbortSignal,
): Promise<boolean> {
  while (!signal.aborted) {
    const answer = await link.facts(BATCH)
    if (!answer.ok) return false
    const { facts } = answer.value
    if (facts.length === 0) return true
    for (const fact of facts) await applyFact(office, fact)
    const acknowledged = await link.acknowledgeFacts(facts.map(({ id }) => id))
    if (!acknowledged.ok) return false
  }
  return true
}

/** The portal hands a fact over until it is acknowledged: a second time nothing happens. */
export async function applyFact(office: Office, fact: Fact): Promise<void> {
  const { database, clock, log } = office
  await database.transaction(async (transaction) => {
    const first = await transaction
      .insertInto('facts')
      .values({ fact_id: fact.id, applied_at: clock.sql })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (first.numInsertedOrUpdatedRows === 0n) return
    const known = await transaction
      .selectFrom('rounds')
      .select('round')
      .where('case_id', '=', fact.caseId)
      .where('round', '=', fact.round)
      .executeTakeFirst()
    if (known === undefined) return log.warn({ type: fact.type }, 'fact.unknownCase')
    await applyKnown(transaction, office, fact)
  })
}

async function applyKnown(
  transaction: OfficeTransaction,
  office: Office,
  fact: Fact,
): Promise<void> {
  const row = await lockCase(transaction, fact.caseId)
  const rounds = await readRounds(transaction, fact.caseId)
  const round = rounds.find((candidate) => candidate.round === fact.round)
  if (round === undefined) return
  switch (fact.type) {
    case 'firstLogin':
      await noteFirstLogin(transaction, round, fact.day)
      await moveCase(transaction, fact.caseId, row.state, 'begin')
      return
    case 'activity':
      return noteActivity(transaction, round, fact)
    case 'switched':
      return noteSwitch(transaction, office, rounds, round, fact.day)
    case 'submitted':
      return receiptArrived(transaction, office, fact.receipt)
    case 'locked':
      if (await movePin(transaction, round, 'freeze'))
        await tell(transaction, office, fact, 'pin.locked')
      return
    case 'expired':
      return noteExpiry(transaction, office, row.state, rounds, fact)
    default:
      return fact satisfies never
  }
}

const tell = (
  transaction: OfficeTransaction,
  { clock }: Office,
  { caseId, round }: { readonly caseId: string; readonly round: number },
  action: 'pin.locked' | 'pin.expired' | 'pin.switched',
) => record(transaction, clock, { actor: 'portal', action, subject: caseId, round })

async function noteFirstLogin(
  transaction: OfficeTransaction,
  { case_id, round }: RoundRow,
  day: string,
): Promise<void> {
  await transaction
    .updateTable('rounds')
    .set({ first_login_on: sql<string>`least(first_login_on, ${day}::date)` })
    .where('case_id', '=', case_id)
    .where('round', '=', round)
    .execute()
}

/** Facts come in no order: the latest day wins, and on one day the count that came last. */
async function noteActivity(
  transaction: OfficeTransaction,
  { case_id, round }: RoundRow,
  { day, documents }: { readonly day: string; readonly documents: number },
): Promise<void> {
  await transaction
    .updateTable('rounds')
    .set({ last_activity_on: day, documents })
    .where('case_id', '=', case_id)
    .where('round', '=', round)
    .where((eb) => eb.or([eb('last_activity_on', 'is', null), eb('last_activity_on', '<=', day)]))
    .execute()
}

/** The first login with a PIN that was ordered online: from now on the older ones are dead. */
async function noteSwitch(
  transaction: OfficeTransaction,
  office: Office,
  rounds: readonly RoundRow[],
  current: RoundRow,
  day: string,
): Promise<void> {
  await noteFirstLogin(transaction, current, day)
  const older = rounds.filter(({ round }) => round < current.round)
  for (const round of older) await movePin(transaction, round, 'supersede')
  if (older.length > 0) {
    const numbers = older.map(({ round }) => round)
    await forgetCommands(transaction, current.case_id, numbers)
  }
  const place = { caseId: current.case_id, round: current.round }
  await tell(transaction, office, place, 'pin.switched')
}

async function noteExpiry(
  transaction: OfficeTransaction,
  office: Office,
  state: string,
  rounds: readonly RoundRow[],
  fact: { readonly caseId: string; readonly round: number },
): Promise<void> {
  const ended = rounds.find(({ round }) => round === fact.round)
  if (ended === undefined || !(await movePin(transaction, ended, 'expire'))) return
  await tell(transaction, office, fact, 'pin.expired')
  const others = rounds.filter((round) => round !== ended && round.pin_state === 'live')
  if (others.length === 0) await moveCase(transaction, fact.caseId, state, 'expire')
}
