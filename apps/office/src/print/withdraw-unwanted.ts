// Takes letters out of a bundle whose cases no longer wait for them.
import { record } from '../audit/audit.ts'
import { newestRounds } from '../cases/case-rows.ts'
import { isHandedOver } from '../letters/print-bundle.ts'
import type { Office } from '../office.ts'
import type { OfficeQueryable, OfficeTransaction } from '../store/office-database.ts'
import { forgetLetters } from './forget-letters.ts'

export interface BundledOrder {
  readonly order_id: string
  readonly case_id: string
  readonly kind: 'pin' | 'reminder'
  readonly round: number | null
  readonly letter_id: string | null
}

/** States in which somebody still waits for this letter. Nobody is reminded of a PIN that is over. */
const ASKED: Readonly<Record<BundledOrder['kind'], readonly string[]>> = {
  pin: ['published', 'begun', 'expired'],
  reminder: ['published', 'begun'],
}

/** The letters of a bundle that has not left. */
export const bundledOrders = (
  db: OfficeQueryable,
  bundleId: string,
): Promise<readonly BundledOrder[]> =>
  db
    .selectFrom('letter_orders')
    .select(['order_id', 'case_id', 'kind', 'round', 'letter_id'])
    .where('bundle_id', '=', bundleId)
    .where('state', '=', 'bundled')
    .execute()

/** Returns how many letters were taken out. What the print centre can see already has left: nothing of it is taken out any more. */
export async function withdrawUnwanted(
  transaction: OfficeTransaction,
  office: Office,
  bundleId: string,
): Promise<number> {
  const orders = await bundledOrders(transaction, bundleId)
  if (orders.length === 0) return 0
  const caseIds = orders.map(({ case_id }) => case_id)
  const states = await lockCases(transaction, caseIds)
  if (await isHandedOver(office.config.dataDir, bundleId)) return 0
  const rounds = await newestRounds(transaction, caseIds)
  const isWanted = ({ case_id, kind, round }: BundledOrder): boolean => {
    const newest = rounds.get(case_id)
    const isAsked = ASKED[kind].includes(states.get(case_id) ?? '')
    const isNewest = newest?.round === round && newest.pin_state === 'live'
    return isAsked && isNewest && (kind === 'reminder' || newest.letter_state === 'made')
  }
  const unwanted = orders.filter((order) => !isWanted(order))
  for (const order of unwanted) await withdraw(transaction, office, order)
  return unwanted.length
}

/** In one order, so that two of these never wait for each other. */
async function lockCases(
  transaction: OfficeTransaction,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await transaction
    .selectFrom('cases')
    .select(['case_id', 'state'])
    .where('case_id', 'in', [...caseIds])
    .orderBy('case_id')
    .forUpdate()
    .execute()
  return new Map(rows.map(({ case_id, state }) => [case_id, state]))
}

async function withdraw(
  transaction: OfficeTransaction,
  { clock }: Office,
  { order_id, case_id: caseId, kind, round, letter_id: letterId }: BundledOrder,
): Promise<void> {
  await transaction
    .updateTable('letter_orders')
    .set({ state: 'withdrawn', bundle_id: null })
    .where('order_id', '=', order_id)
    .execute()
  if (round === null || letterId === null) return
  if (kind === 'pin') {
    await transaction
      .updateTable('rounds')
      .set({ letter_state: 'withdrawn' })
      .where('letter_id', '=', letterId)
      .execute()
  }
  await forgetLetters(transaction, [letterId])
  const action = 'letter.withdrawn'
  await record(transaction, clock, { actor: 'office', action, subject: caseId, round })
}
