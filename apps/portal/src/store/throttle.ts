// The first counter of design.md 4: wrong PINs, counted before OPAQUE works, per identity and network and over all networks.
import { FREE_ATTEMPTS, pauseAfter, THROTTLE_LAPSE_HOURS } from '@einmal-pin/domain/throttle'
import type { Database, Queryable } from '@einmal-pin/platform/database'
import { type RawBuilder, sql } from 'kysely'
import { type Budget, tokenTaken } from './network-budget.ts'
import { prepare, type Sql } from './prepared.ts'
import type { PortalTables } from './schema.ts'
import { realNow } from './times.ts'

type Db = Queryable<PortalTables>

/** A pair that is counted: the peppered identity, known or not, and the day's pseudonym of the network. */
export type Pair = { readonly identity: string; readonly network: string }

/**
 * What became of a try before OPAQUE works. `counted`: it counts as wrong in advance, numbers include it; `record` is null for unknown
 * identities.
 */
export type BegunAttempt =
  | { readonly verdict: 'noToken' | 'closed' }
  | { readonly verdict: 'paused'; readonly secondsToWait: number }
  | {
      readonly verdict: 'counted'
      readonly fromNetwork: number
      readonly fromAll: number
      readonly record: string | null
    }

type AttemptRow = {
  readonly hasToken: boolean
  readonly loginsOpen: boolean
  readonly record: string | null
  readonly fromNetwork: number | null
  readonly fromAll: number | null
  readonly secondsToWait: number | null
}

const LAPSE = sql`make_interval(hours => ${sql.lit(THROTTLE_LAPSE_HOURS)})`

/** Seconds of pause after the n-th wrong try, as a list that SQL can look up; the last entry holds for ever after. */
const PAUSES = Array.from({ length: FREE_ATTEMPTS + 8 }, (_, index) => pauseAfter(index + 1))
const pauseFor = (failures: RawBuilder<number>) =>
  sql`make_interval(secs => (${sql.lit(`{${PAUSES.join()}}`)}::int[])[least(${failures}, ${sql.lit(PAUSES.length)})])`

// A row that rested for the lapse begins anew.
const nextFailures = (table: string): RawBuilder<number> => {
  const { failures, last } = {
    failures: sql.ref(`${table}.failures`),
    last: sql.ref(`${table}.last_failure_at`),
  }
  return sql<number>`case when ${last} < ${realNow} - ${LAPSE} then 1 else ${failures} + 1 end`
}

/**
 * Takes a token of the network, counts the try unless this network has to wait, and finds the login record: one statement, the same for
 * known and unknown identities. Of any number of parallel tries only as many pass as there are free ones.
 */
export async function beginAttempt(
  database: Database<PortalTables>,
  { identity, network }: Pair,
  { purpose, burst, perMinute }: Budget,
): Promise<BegunAttempt> {
  const rows = await begin(database, { identity, network, purpose, burst, perMinute })
  return verdictOf(rows[0])
}

const begin = prepare<AttemptRow, Pair & Budget>(
  'begin-attempt',
  ['identity', 'network', 'purpose', 'burst', 'perMinute'],
  ({ identity, network, ...budget }) => sql`
    with token as (${tokenTaken(network, budget)}),
    pair as (
      insert into network_attempts as a (identity, network, failures, not_before, last_failure_at)
      select ${identity}, ${network}, 1, ${realNow}, ${realNow} from token, portal_state where logins_open
      on conflict (identity, network) do update set
        failures = ${nextFailures('a')},
        not_before = ${realNow} + ${pauseFor(nextFailures('a'))},
        last_failure_at = ${realNow}
      where a.not_before <= ${realNow}
      returning failures
    ),
    total as (
      insert into total_attempts as t (identity, failures, last_failure_at)
      select ${identity}, 1, ${realNow} from pair
      on conflict (identity) do update set failures = ${nextFailures('t')}, last_failure_at = ${realNow}
      returning failures
    )
    select exists (select from token) as "hasToken", s.logins_open as "loginsOpen", p.opaque_record as record,
      pair.failures as "fromNetwork", total.failures as "fromAll",
      (select ceil(extract(epoch from a.not_before - ${realNow}))::int from network_attempts a
        where a.identity = ${identity} and a.network = ${network}) as "secondsToWait"
    from portal_state s
    left join pins p on p.identity = ${identity}
    left join pair on true left join total on true`,
)

function verdictOf(row: AttemptRow | undefined): BegunAttempt {
  if (row === undefined || !row.loginsOpen) return { verdict: 'closed' }
  const { hasToken, fromNetwork, fromAll, record } = row
  if (!hasToken) return { verdict: 'noToken' }
  if (fromNetwork !== null && fromAll !== null) {
    return { verdict: 'counted', fromNetwork, fromAll, record }
  }
  // At least one second: a parallel try may have set the pause after this statement began to look.
  return { verdict: 'paused', secondsToWait: Math.max(1, row.secondsToWait ?? 1) }
}

/** The PIN was right: exactly one try comes back, and the pause only if this very try had caused it. */
export async function refundAttempt(db: Db, counted: CountedPair): Promise<void> {
  await sql`with unchanged as (select), ${refundBehind(counted, 'unchanged')} select from total`.execute(
    db,
  )
}

export type CountedPair = Pair & { readonly attempt: number }

/**
 * The same as common table expressions `pair` and `total`, done if the expression `behind` has a row. The rows are locked in the order of
 * {@link beginAttempt}: two logins of one person never wait for each other.
 */
export function refundBehind(
  {
    identity,
    network,
    attempt,
  }: { readonly [Field in keyof CountedPair]: Sql<CountedPair[Field]> },
  behind: 'unchanged',
): RawBuilder<unknown> {
  return sql`
    pair as (
      update network_attempts as a set
        failures = greatest(a.failures - 1, 0),
        not_before = case when a.failures = ${attempt}::int then ${realNow} else a.not_before end
      from ${sql.ref(behind)}
      where a.identity = ${identity} and a.network = ${network}
      returning a.identity
    ), total as (
      update total_attempts as t set failures = greatest(t.failures - 1, 0)
      from pair where t.identity = pair.identity
      returning t.identity
    )`
}

/** Rows that would begin anew anyway, known and unknown identities alike. */
export async function deleteLapsedAttempts(db: Db): Promise<void> {
  const lapsed = sql<boolean>`last_failure_at < ${realNow} - ${LAPSE}`
  await db.deleteFrom('network_attempts').where(lapsed).execute()
  await db.deleteFrom('total_attempts').where(lapsed).execute()
}
