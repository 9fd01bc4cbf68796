// Compares every case with the portal, both ways: nightly, and before a restored portal lets anybody log in again.
import type { PortalCaseList } from '@einmal-pin/wire/office-link'
import type { Receipt } from '@einmal-pin/wire/submission'
import { record } from '../audit/audit.ts'
import { lockCase, readRounds } from '../cases/case-rows.ts'
import { receiptArrived } from '../intake/receipt-arrived.ts'
import type { Office } from '../office.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import { openTask } from '../tasks.ts'
import { enqueueCommand } from './commands.ts'
import type { PortalLink } from './link.ts'

type PortalCase = PortalCaseList['cases'][number]

const PAGE = 500

/** What the portal forgot becomes waiting commands again. Returns false when it could not be reached. */
export async function compareCases(office: Office, link: PortalLink): Promise<boolean> {
  const seen = new Set<string>()
  let after: string | null = null
  do {
    const page = await link.cases(after, PAGE)
    if (!page.ok) return false
    for (const portalCase of page.value.cases) {
      seen.add(portalCase.caseId)
      await compareOne(office, link, portalCase)
    }
    after = page.value.next
  } while (after !== null)
  await resendMissing(office, seen)
  const detail = { cases: seen.size }
  await office.database.transaction((transaction) =>
    record(transaction, office.clock, {
      actor: 'courier',
      action: 'portal.compared',
      subject: 'portal',
      detail,
    }),
  )
  return true
}

async function compareOne(office: Office, link: PortalLink, there: PortalCase): Promise<void> {
  const { caseId } = there
  // Only the portal knows the receipt of a submission that it accepted before it told anybody.
  const offer = there.state === 'submitted' ? await link.submission(caseId) : undefined
  await office.database.transaction(async (transaction) => {
    const row = await findCase(transaction, caseId)
    if (row === undefined) {
      const task = { kind: 'portalUnknownCase', caseId: null, code: caseId } as const
      return openTask(transaction, office.clock, task)
    }
    if (there.number > row.last_command) await catchUp(transaction, caseId, there.number)
    if (there.number < row.last_command) await resend(transaction, caseId, there.number)
    if (offer?.ok) await receiptArrived(transaction, office, offer.value.receipt)
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

/** This database is the restored one: its next command must be newer than what the portal has. */
const catchUp = (transaction: OfficeTransaction, caseId: string, number: number) =>
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
  { caseId, round }: PortalCase,
): Promise<void> {
  await lockCase(transaction, caseId)
  if (await isSettling(transaction, caseId)) return
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

async function isSettling(transaction: OfficeTransaction, caseId: string): Promise<boolean> {
  const row = await transaction
    .selectFrom('commands')
    .select('number')
    .where('case_id', '=', caseId)
    .where('type', '=', 'settle')
    .where('state', '=', 'pending')
    .executeTakeFirst()
  return row !== undefined
}

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
