// Compares every case with the portal, both ways: nightly, and before a restored portal lets anybody log in again.
import type { PortalCaseList } from '@einmal-pin/wire/office-link'
import type { Receipt } from '@einmal-pin/wire/submission'
import { sql } from 'kysely'
import { record } from '../audit/audit.ts'
import { lockCase, readRounds } from '../cases/case-rows.ts'
import { receiptArrived } from '../intake/receipt-arrived.ts'
import type { Office } from '../office.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import { openTask } from '../tasks.ts'
import { isCredible } from './catch-up.ts'
import { enqueueCommand } from './commands.ts'
import type { PortalLink } from './link.ts'
import { attempt, type StepResult } from './step.ts'

type PortalCase = PortalCaseList['cases'][number]

const PAGE = 500
/** Cases that the portal has and this office has not: after a restore there are some, and each becomes a task. */
const MOST_UNKNOWN = 100

/** What the portal forgot becomes waiting commands again. Not `done`: nobody may rely on the comparison. */
export async function compareCases(office: Office, link: PortalLink): Promise<StepResult> {
  const { database, clock } = office
  const list = await readPortalCases(office, link)
  if (typeof list === 'string') return list
  let result: StepResult = 'done'
  for (const portalCase of list) {
    const compared = await attempt(office, 'comparison.failed', portalCase.caseId, async () => {
      await compareOne(office, link, portalCase)
      return 'compared'
    })
    if (compared === undefined) result = 'failed'
  }
  await resendMissing(office, new Set(list.map(({ caseId }) => caseId)))
  const entry = { actor: 'courier', action: 'portal.compared', subject: 'portal' } as const
  const detail = { cases: list.length }
  await database.transaction((transaction) => record(transaction, clock, { ...entry, detail }))
  return result
}

/**
 * Every case that the portal has. A list that does not go forward, or that names far more cases than were ever opened here, is none:
 * it has no end.
 */
async function readPortalCases(
  office: Office,
  link: PortalLink,
): Promise<readonly PortalCase[] | Exclude<StepResult, 'done'>> {
  const most = (await countCases(office)) + MOST_UNKNOWN
  const list: PortalCase[] = []
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<PortalLink['cases']>> = await link.cases(after, PAGE)
    if (!page.ok) return page.code === 'network' ? 'unreachable' : 'failed'
    const { cases, next } = page.value
    list.push(...cases)
    const isForward = next === null || (cases.length === PAGE && (after === null || next > after))
    if (!isForward || list.length > most) return failComparison(office)
    after = next
  } while (after !== null)
  return list
}

async function countCases({ database }: Office): Promise<number> {
  const { count } = await database.kysely
    .selectFrom('cases')
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow()
  return count
}

async function failComparison({ database, clock, log }: Office): Promise<'failed'> {
  log.error({}, 'portal.listUnreadable')
  const task = { kind: 'portalUnknownCase', caseId: null, code: 'portal.list' } as const
  await database.transaction((transaction) => openTask(transaction, clock, task))
  return 'failed'
}

async function compareOne(office: Office, link: PortalLink, there: PortalCase): Promise<void> {
  const { caseId, number } = there
  const { database, clock } = office
  // Only the portal knows the receipt of a submission that it accepted before it told anybody.
  const offer = there.state === 'submitted' ? await link.submission(caseId) : undefined
  await database.transaction(async (transaction) => {
    const row = await findCase(transaction, caseId)
    if (row === undefined) {
      const task = { kind: 'portalUnknownCase', caseId: null, code: caseId } as const
      return openTask(transaction, clock, task)
    }
    if (!isCredible(number, row.last_command) && number !== 0) {
      const task = { kind: 'portalUnknownCase', caseId, code: 'portal.number' } as const
      return openTask(transaction, clock, task)
    }
    if (number > row.last_command) await skipNumbers(transaction, caseId, number)
    if (number < row.last_command) await resend(transaction, caseId, number)
    if (offer?.ok) await receiptArrived(transaction, office, caseId, offer.value.receipt)
    if (there.state === 'submitted') await acknowledgeAgain(transaction, caseId)
    if (there.state === 'open') await settleDeadPins(transaction, office, there)
  })
}

const findCase = (transaction: OfficeTransaction, caseId: string) =>
  transaction
    .selectFrom('cases')
    .select(['case_id', 'last_command'])
    .where('case_id', '=', caseId)
    .executeTakeFirst()

/** This database is the restored one: its next command must be newer than what the portal has ([Note: Restored office]). */
const skipNumbers = (transaction: OfficeTransaction, caseId: string, number: number) =>
  transaction
    .updateTable('cases')
    .set({ last_command: number })
    .where('case_id', '=', caseId)
    .where('last_command', '<', number)
    .execute()

/** Commands without a body belong to PINs that are dead: nobody needs them again. */
const resend = (transaction: OfficeTransaction, caseId: string, above: number) =>
  transaction
    .updateTable('commands')
    .set({ state: 'pending', attempts: 0 })
    .where('case_id', '=', caseId)
    .where('number', '>', above)
    .where('state', '=', 'applied')
    .where('body', 'is not', null)
    .execute()

const acknowledgeAgain = (transaction: OfficeTransaction, caseId: string) =>
  transaction
    .updateTable('submissions')
    .set({ acknowledged_at: null })
    .where('case_id', '=', caseId)
    .where('state', '!=', 'offered')
    .execute()

/** A backup thinks that a used, replaced or frozen PIN lives: it must not (promise 6). */
async function settleDeadPins(
  transaction: OfficeTransaction,
  { clock }: Office,
  { caseId, round, number }: PortalCase,
): Promise<void> {
  await lockCase(transaction, caseId)
  const settled = await settlements(transaction, caseId)
  if (settled.some(({ state }) => state === 'pending')) return
  if (settled.some((one) => one.round === round && one.number <= number)) {
    // It has applied that already and says that the PIN lives: telling it again and again would help nobody.
    const task = { kind: 'portalUnknownCase', caseId, code: 'portal.pinLives' } as const
    return openTask(transaction, clock, task)
  }
  const sent = await transaction
    .selectFrom('submissions')
    .select(['receipt', 'round'])
    .where('case_id', '=', caseId)
    .executeTakeFirst()
  if (sent !== undefined) {
    const receipt = sent.receipt as unknown as Receipt
    const command = { type: 'settle', round: sent.round, state: 'spent', receipt } as const
    await enqueueCommand(transaction, clock, caseId, command)
    return
  }
  const rounds = await readRounds(transaction, caseId)
  const current = rounds.find((one) => one.round === round)
  if (current === undefined || !DEAD_AT_THE_OFFICE.includes(current.pin_state)) return
  const state = current.pin_state === 'locked' ? 'locked' : 'superseded'
  await enqueueCommand(transaction, clock, caseId, { type: 'settle', round, state })
}

/** The portal sees for itself what has expired, and a revocation is sent again as the command that it was. */
const DEAD_AT_THE_OFFICE = ['locked', 'superseded']

/** The commands that told the portal of a dead PIN, refused ones left out. */
const settlements = (transaction: OfficeTransaction, caseId: string) =>
  transaction
    .selectFrom('commands')
    .select(['number', 'round', 'state'])
    .where('case_id', '=', caseId)
    .where('type', '=', 'settle')
    .where('state', '!=', 'refused')
    .execute()

/**
 * Cases that the portal should know and does not: everything that still matters is sent again. What is expired, frozen or withdrawn does
 * not: the portal may have forgotten it because its time was over.
 */
async function resendMissing({ database }: Office, seen: ReadonlySet<string>): Promise<void> {
  const published = await database.kysely
    .selectFrom('commands')
    .innerJoin('rounds', (join) =>
      join
        .onRef('rounds.case_id', '=', 'commands.case_id')
        .onRef('rounds.round', '=', 'commands.round'),
    )
    .select('commands.case_id')
    .distinct()
    .where('type', '=', 'publish')
    .where('state', '=', 'applied')
    .where('body', 'is not', null)
    .where('pin_state', '=', 'live')
    .execute()
  for (const { case_id: caseId } of published.filter(({ case_id }) => !seen.has(case_id))) {
    await database.transaction((transaction) => resend(transaction, caseId, 0))
  }
}
