// Facts of the portal: fetched, applied once each in a transaction of their own, then acknowledged.
import { parseCalendarDate } from '@einmal-pin/domain/calendar-date'
import type { Failure } from '@einmal-pin/wire/http-client'
import { MAX_DOCUMENTS } from '@einmal-pin/wire/limits'
import type { Fact } from '@einmal-pin/wire/office-link'
import { sql } from 'kysely'
import { record } from '../audit/audit.ts'
import { lockCase, type RoundRow, readRounds } from '../cases/case-rows.ts'
import { receiptArrived } from '../intake/receipt-arrived.ts'
import type { Office } from '../office.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import { openTask } from '../tasks.ts'
import { moveCase, movePin } from './command-effects.ts'
import { forgetCommands } from './commands.ts'
import type { PortalLink } from './link.ts'
import { attempt, type StepResult } from './step.ts'

const BATCH = 100
/** Facts of one round; more wait for the next, so that commands need not. */
const MOST_BATCHES = 50

export async function fetchFacts(
  office: Office,
  link: PortalLink,
  signal: AbortSignal,
): Promise<StepResult> {
  let result: StepResult = 'done'
  for (let batch = 0; batch < MOST_BATCHES && !signal.aborted; batch += 1) {
    const answer = await link.facts(BATCH)
    if (!answer.ok) return refusedBy(answer)
    // A list that is longer than asked for is no list of ours.
    const facts = answer.value.facts.slice(0, BATCH)
    if (facts.length === 0) return result
    const applied = await applyEach(office, facts)
    if (applied.length < facts.length) result = 'failed'
    if (applied.length === 0) return result
    const acknowledged = await link.acknowledgeFacts(applied)
    if (!acknowledged.ok) return refusedBy(acknowledged)
    await forgetFacts(office, applied)
  }
  return result
}

const refusedBy = ({ code }: Failure): StepResult => (code === 'network' ? 'unreachable' : 'failed')

/** Returns the ids of those that need not come again. */
async function applyEach(office: Office, facts: readonly Fact[]): Promise<readonly string[]> {
  const applied: string[] = []
  let odd = 0
  for (const fact of facts) {
    const outcome = await attempt(office, 'fact.failed', fact.caseId, () => applyFact(office, fact))
    if (outcome !== undefined) applied.push(fact.id)
    if (outcome === 'odd') odd += 1
  }
  // One line for all of them: a portal that lies must not fill the log.
  if (odd > 0) office.log.warn({ facts: odd }, 'facts.odd')
  return applied
}

/** The portal hands a fact over until it is acknowledged, and no longer: only until then its id is needed. */
const forgetFacts = ({ database }: Office, ids: readonly string[]) =>
  database.kysely
    .deleteFrom('facts')
    .where('fact_id', 'in', [...ids])
    .execute()

/**
 * Applied once: a second time nothing happens. `odd` is a fact about a letter that the office does not know, or one that cannot be
 * true; it changes nothing.
 */
export async function applyFact(office: Office, fact: Fact): Promise<'applied' | 'odd'> {
  const { database, clock } = office
  if (!isSound(fact)) return 'odd'
  return database.transaction(async (transaction) => {
    if (!(await isKnown(transaction, fact))) return 'odd'
    const first = await transaction
      .insertInto('facts')
      .values({ fact_id: fact.id, applied_at: clock.sql })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (first.numInsertedOrUpdatedRows !== 0n) await applyKnown(transaction, office, fact)
    return 'applied'
  })
}

/** A restored office may have forgotten a letter, but not what was sent with it: that is looked at, and quarantined. */
async function isKnown(
  transaction: OfficeTransaction,
  { caseId, round, type }: Fact,
): Promise<boolean> {
  let rounds = transaction.selectFrom('cases').select('case_id').where('case_id', '=', caseId)
  if (type !== 'submitted') {
    rounds = rounds.where((eb) =>
      eb.exists(
        eb
          .selectFrom('rounds')
          .select('round')
          .whereRef('rounds.case_id', '=', 'cases.case_id')
          .where('round', '=', round),
      ),
    )
  }
  return (await rounds.executeTakeFirst()) !== undefined
}

/** What the shape of the message cannot say: an id that can be kept, and a day that a calendar has. */
const isSound = (fact: Fact): boolean =>
  /^[\w-]{1,64}$/.test(fact.id) && (!('day' in fact) || parseCalendarDate(fact.day).ok)

async function applyKnown(
  transaction: OfficeTransaction,
  office: Office,
  fact: Fact,
): Promise<void> {
  const row = await lockCase(transaction, fact.caseId)
  const rounds = await readRounds(transaction, fact.caseId)
  if (fact.type === 'submitted') {
    return receiptArrived(transaction, office, fact.caseId, fact.receipt)
  }
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
    case 'locked':
      return noteFreeze(transaction, office, round)
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
    .set({ last_activity_on: day, documents: Math.min(documents, MAX_DOCUMENTS) })
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
  const numbers: number[] = []
  for (const round of older) {
    if (await movePin(transaction, round, 'supersede')) numbers.push(round.round)
  }
  if (numbers.length === 0) return
  await forgetCommands(transaction, current.case_id, numbers)
  const place = { caseId: current.case_id, round: current.round }
  await tell(transaction, office, place, 'pin.switched')
}

/** Only a new letter helps: a clerk is told so, and what could open the frozen PIN is forgotten here as it is at the portal. */
async function noteFreeze(
  transaction: OfficeTransaction,
  office: Office,
  frozen: RoundRow,
): Promise<void> {
  if (!(await movePin(transaction, frozen, 'freeze'))) return
  const { case_id: caseId, round } = frozen
  await forgetCommands(transaction, caseId, [round])
  await tell(transaction, office, { caseId, round }, 'pin.locked')
  await openTask(transaction, office.clock, { kind: 'locked', caseId, code: 'pin.locked' })
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
  await forgetCommands(transaction, fact.caseId, [fact.round])
  await tell(transaction, office, fact, 'pin.expired')
  const others = rounds.filter((round) => round !== ended && round.pin_state === 'live')
  if (others.length === 0) await moveCase(transaction, fact.caseId, state, 'expire')
}
