// Throws away what was made and not handed over, of a cancelled run or of a case that has moved, with its PINs, and orders it anew.
import { newId } from '@einmal-pin/vault/random'
import { type SqlBool, sql } from 'kysely'
import { isHandedOver } from '../letters/print-bundle.ts'
import type { Office } from '../office.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import { forgetLetters } from './forget-letters.ts'

/** A letter in one of these states has not left the house. */
const INSIDE = ['waiting', 'making', 'made', 'published', 'bundled'] as const

/** How many letters, and how many of them wait for a run anew: those with a PIN. */
export interface ThrownAway {
  readonly thrown: number
  readonly anew: number
}

export type Scope = { readonly runId: string } | { readonly caseId: string }

const isWithin = (scope: Scope) =>
  'runId' in scope ? sql<SqlBool>`run_id = ${scope.runId}` : sql<SqlBool>`case_id = ${scope.caseId}`

/**
 * The caller holds the lock of the run or of the case; hand-over takes both before a letter leaves. Nobody has seen the PINs: the
 * records stay at the portal until the next letter of the case replaces them.
 */
export async function throwAway(
  transaction: OfficeTransaction,
  { config, clock }: Office,
  scope: Scope,
): Promise<ThrownAway> {
  const gone = await gonePublicly(transaction, config.dataDir, scope)
  // Cases before orders, as everywhere: two transactions must not wait for each other.
  await sql`select case_id from cases where case_id in (
      select case_id from letter_orders where ${isWithin(scope)} and run_id is not null and state in (${sql.join(INSIDE)}))
    order by case_id for update`.execute(transaction)
  const outside = sql<boolean>`(bundle_id is null or not bundle_id = any(${[...gone]}::text[]))`
  const orders = await transaction
    .updateTable('letter_orders')
    .set({ state: 'withdrawn', bundle_id: null })
    .where(isWithin(scope))
    .where('run_id', 'is not', null)
    .where('state', 'in', INSIDE)
    .where(outside)
    .returning(['case_id', 'kind', 'round', 'letter_id', 'reissue'])
    .execute()
  const letterIds = orders.flatMap(({ letter_id }) => letter_id ?? [])
  await forgetLetters(transaction, letterIds)
  await sql`update rounds set letter_state = 'withdrawn'
    where letter_id = any(${letterIds}::text[]) and letter_state = 'made'`.execute(transaction)
  // A reminder is ordered by the next night, if it is still due then.
  const pinOrders = orders.filter(({ kind }) => kind === 'pin')
  const anew = pinOrders.map(({ case_id, round, reissue }) => ({
    order_id: newId(),
    case_id,
    // A round was made: the next one replaces it, and keeps the secret unless the thief may have it.
    reissue: round !== null && reissue === 'none' ? ('lost' as const) : reissue,
  }))
  await sql`insert into letter_orders (order_id, case_id, kind, reissue, round, state, ordered_at, ordered_by)
    select o.order_id, o.case_id, 'pin', o.reissue, null, 'waiting', ${clock.sqlOnce}, 'office'
    from jsonb_to_recordset(${JSON.stringify(anew)}::jsonb)
      as o(order_id text, case_id text, reissue text)
    on conflict do nothing`.execute(transaction)
  const reminders = orders.filter(({ kind }) => kind === 'reminder')
  await sql`update rounds set reminded_on = null
    where case_id = any(${reminders.map(({ case_id }) => case_id)}::text[])`.execute(transaction)
  return { thrown: orders.length, anew: anew.length }
}

/** Bundles that the print centre can see already, though the database has not noted it yet. */
async function gonePublicly(
  transaction: OfficeTransaction,
  dataDir: string,
  scope: Scope,
): Promise<readonly string[]> {
  const writing = await transaction
    .selectFrom('bundles')
    .select('bundle_id')
    .where('state', '=', 'writing')
    .where(
      sql<SqlBool>`bundle_id in (select bundle_id from letter_orders where ${isWithin(scope)})`,
    )
    .execute()
  const seen = await Promise.all(
    writing.map(async ({ bundle_id }) =>
      (await isHandedOver(dataDir, bundle_id)) ? bundle_id : '',
    ),
  )
  return seen.filter((id) => id !== '')
}
