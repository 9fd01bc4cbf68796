// The first counter of design.md 4: wrong PINs, counted before OPAQUE works, per identity and network and over all networks.
import { FREE_ATTEMPTS, pauseAfter, THROTTLE_LAPSE_HOURS } from '@einmal-pin/domain/throttle'
import type { Queryable } from '@einmal-pin/platform/database'
import { type RawBuilder, sql } from 'kysely'
import type { PortalTables } from './schema.ts'
import { realNow } from './times.ts'

type Db = Queryable<PortalTables>

/** A pair that is counted: the peppered identity, known or not, and the day's pseudonym of the network. */
export type Pair = { readonly identity: string; readonly network: string }

/** The try was counted as wrong in advance. Numbers include it. */
export type Counted = { readonly fromNetwork: number; readonly fromAll: number }

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
 * Counts one try, or returns undefined when this network has to wait. One statement decides, so that of any number of parallel tries only
 * as many pass as there are free ones; unknown identities take the very same way.
 */
export async function countAttempt(db: Db, pair: Pair): Promise<Counted | undefined> {
  const { identity, network } = pair
  const { rows } = await sql<Counted>`
    with pair as (
      insert into network_attempts as a (identity, network, failures, not_before, last_failure_at)
      values (${identity}, ${network}, 1, ${realNow}, ${realNow})
      on conflict (identity, network) do update set
        failures = ${nextFailures('a')},
        not_before = ${realNow} + ${pauseFor(nextFailures('a'))},
        last_failure_at = ${realNow}
      where a.not_before <= ${realNow}
      returning failures
    ), total as (
      insert into total_attempts as t (identity, failures, last_failure_at)
      select ${identity}, 1, ${realNow} from pair
      on conflict (identity) do update set failures = ${nextFailures('t')}, last_failure_at = ${realNow}
      returning failures
    )
    select pair.failures as "fromNetwork", total.failures as "fromAll" from pair, total`.execute(db)
  return rows[0]
}

/** Whole seconds that this network still has to wait, at least 1. */
export async function secondsToWait(db: Db, { identity, network }: Pair): Promise<number> {
  const row = await db
    .selectFrom('network_attempts')
    .where('identity', '=', identity)
    .where('network', '=', network)
    .select(sql<number>`ceil(extract(epoch from not_before - ${realNow}))::int`.as('seconds'))
    .executeTakeFirst()
  return Math.max(1, row?.seconds ?? 1)
}

/** The PIN was right: exactly one try comes back, and the pause only if this very try had caused it. */
export async function refundAttempt(
  db: Db,
  { identity, network, attempt }: Pair & { readonly attempt: number },
): Promise<void> {
  await sql`
    with pair as (
      update network_attempts set
        failures = greatest(failures - 1, 0),
        not_before = case when failures = ${attempt} then ${realNow} else not_before end
      where identity = ${identity} and network = ${network}
    )
    update total_attempts set failures = greatest(failures - 1, 0) where identity = ${identity}`.execute(
    db,
  )
}

/** Rows that would begin anew anyway, known and unknown identities alike. */
export async function deleteLapsedAttempts(db: Db): Promise<void> {
  const lapsed = sql<boolean>`last_failure_at < ${realNow} - ${LAPSE}`
  await db.deleteFrom('network_attempts').where(lapsed).execute()
  await db.deleteFrom('total_attempts').where(lapsed).execute()
}
