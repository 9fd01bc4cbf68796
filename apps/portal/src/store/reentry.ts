// The usual login, of somebody who was here before: read and judged without a lock, then entered in one statement if nothing has changed.
import type { PinState } from '@einmal-pin/domain/pin-life'
import type { Clock } from '@einmal-pin/platform/clock'
import type { Database } from '@einmal-pin/platform/database'
import type { PortalCaseState } from '@einmal-pin/wire/office-link'
import { sql } from 'kysely'
import type { TakenAttempt } from './login-states.ts'
import { perClock, prepare } from './prepared.ts'
import type { PortalTables } from './schema.ts'
import { type NewSession, newSession, sessionBehind } from './sessions.ts'
import { type CountedPair, refundBehind } from './throttle.ts'
import { realNow, secondsUntil } from './times.ts'

// [Note: Versions]
// `xmin` is PostgreSQL's number of the transaction that wrote a row: while both numbers are the same, the rows are the very ones that were
// judged. So the rules stay in one place, in TypeScript, and the usual login costs four statements instead of eight. Whatever is not
// usual (first login, another letter's PIN, a second factor that is or ever was wrong, a PIN that has died) goes through the locked way in
// finish.ts.

type Source = { readonly database: Database<PortalTables>; readonly clock: Clock }

/** The PIN of an attempt and its case, as they were when they were read. */
export type Judged = {
  readonly caseId: string
  readonly round: number
  readonly pinState: PinState
  readonly caseState: PortalCaseState
  readonly caseRound: number
  readonly secondFactors: readonly string[]
  readonly secondFactorFailures: number
  readonly wrappedSecret: string | null
  readonly lastDay: string
  readonly expiresAt: Date
  readonly firstLoginDay: string | null
  readonly now: Date
  readonly caseVersion: string
  readonly pinVersion: string
}

type TakenRow = TakenAttempt & { readonly [Field in keyof Judged]: Judged[Field] | null }

/** `judged` is undefined for unknown identities. */
export type Taken = { readonly attempt: TakenAttempt; readonly judged: Judged | undefined }

/**
 * Takes the attempt out of the table before anything is judged: no two KE3s, and no two second factors, for one KE1. Read along with it
 * are the PIN and the case, without a lock.
 */
export async function takeAttempt(
  { database, clock }: Source,
  loginId: string,
): Promise<Taken | undefined> {
  const [row] = await take(clock)(database, { loginId })
  if (row === undefined) return undefined
  return { attempt: row, judged: isKnown(row) ? row : undefined }
}

const isKnown = (row: TakenRow): row is TakenRow & Judged => row.caseId !== null

const take = perClock((clock) =>
  prepare<TakenRow, { readonly loginId: string }>(
    `take-attempt${clock.offsetSeconds}`,
    ['loginId'],
    ({ loginId }) => sql`
      with l as (
        delete from login_states where login_id = ${loginId} and expires_at > ${realNow}
        returning identity, network, attempt, server_state, not_before
      )
      select l.identity, l.network, l.attempt, l.server_state as "serverState",
        ${secondsUntil('l.not_before')} as "pauseSeconds",
        c.case_id as "caseId", p.round, p.state as "pinState", c.state as "caseState", c.round as "caseRound",
        p.second_factors as "secondFactors", p.second_factor_failures as "secondFactorFailures",
        p.wrapped_secret as "wrappedSecret", p.last_day as "lastDay", p.expires_at as "expiresAt",
        p.first_login_day as "firstLoginDay", ${clock.sql} as now,
        c.xmin::text as "caseVersion", p.xmin::text as "pinVersion"
      from l
      left join pins p on p.identity = l.identity
      left join cases c on c.case_id = p.case_id`,
  ),
)

/**
 * Gives the try back and begins the session; returns the token. Undefined, and nothing was written, when the rows are no longer the judged
 * ones or the PIN has expired meanwhile.
 */
export async function reenter(
  { database, clock }: Source,
  { identity, network, attempt }: CountedPair,
  { caseVersion, pinVersion }: Judged,
): Promise<string | undefined> {
  const { token, ...session } = newSession()
  const values = { identity, network, attempt, caseVersion, pinVersion, ...session }
  const begun = await reenterIfUnchanged(clock)(database, values)
  return begun.length === 1 ? token : undefined
}

type ReentryValues = CountedPair &
  Omit<NewSession, 'token'> &
  Pick<Judged, 'caseVersion' | 'pinVersion'>

const reenterIfUnchanged = perClock((clock) =>
  prepare<{ readonly round: number }, ReentryValues>(
    `reenter${clock.offsetSeconds}`,
    ['identity', 'network', 'attempt', 'caseVersion', 'pinVersion', 'tokenSha256', 'resumeKey'],
    ({ caseVersion, pinVersion, ...slots }) => sql`
      with held as materialized (
        select c.xmin::text as "caseVersion", p.xmin::text as "pinVersion", p.case_id, p.round, p.expires_at
        from cases c join pins p on p.case_id = c.case_id
        where p.identity = ${slots.identity}
        for update of c, p
      ), unchanged as materialized (
        select case_id, round from held
        where "caseVersion" = ${caseVersion} and "pinVersion" = ${pinVersion} and ${clock.sql} < expires_at
      ), ${refundBehind(slots, 'unchanged')}
      ${sessionBehind(slots, 'unchanged')}`,
  ),
)
