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
// usual (first login, another letter's PIN, a wrong second factor, a PIN that has died) goes through the locked way in finish.ts.

type Source = { readonly database: Database<PortalTables>; readonly clock: Clock }

/** The PIN of an attempt and its case, as they were when they were read. */
export type Judged = {
  readonly caseId: string
  readonly round: number
  readonly pinState: PinState
  readonly caseState: PortalCaseState
  readonly caseRound: number
  readonly secondFactors: readonly string[]
  readonly secondFactorPause: number
  readonly wrappedSecret: string | null
  readonly lastDay: string
  readonly expiresAt: Date
  readonly firstLoginDay: string | null
  readonly now: Date
  readonly caseVersion: string
  readonly pinVersion: string
}

type SeenRow = TakenAttempt & { readonly [Field in keyof Judged]: Judged[Field] | null }

/** An attempt that nobody has taken yet; `judged` is undefined for unknown identities. */
export type SeenAttempt = { readonly attempt: TakenAttempt; readonly judged: Judged | undefined }

/** Reads without taking: what {@link reenter} or takeAttempt does afterwards decides. */
export async function seeAttempt(
  { database, clock }: Source,
  loginId: string,
): Promise<SeenAttempt | undefined> {
  const [row] = await see(clock)(database, { loginId })
  if (row === undefined) return undefined
  return { attempt: row, judged: isKnown(row) ? row : undefined }
}

const isKnown = (row: SeenRow): row is SeenRow & Judged => row.caseId !== null

const see = perClock((clock) =>
  prepare<SeenRow, { readonly loginId: string }>(
    `see-attempt${clock.offsetSeconds}`,
    ['loginId'],
    ({ loginId }) => sql`
      select l.identity, l.network, l.attempt, l.server_state as "serverState",
        ${secondsUntil('l.not_before')} as "pauseSeconds",
        c.case_id as "caseId", p.round, p.state as "pinState", c.state as "caseState", c.round as "caseRound",
        p.second_factors as "secondFactors", ${secondsUntil('p.second_factor_not_before')} as "secondFactorPause",
        p.wrapped_secret as "wrappedSecret", p.last_day as "lastDay", p.expires_at as "expiresAt",
        p.first_login_day as "firstLoginDay", ${clock.sql} as now,
        c.xmin::text as "caseVersion", p.xmin::text as "pinVersion"
      from login_states l
      left join pins p on p.identity = l.identity
      left join cases c on c.case_id = p.case_id
      where l.login_id = ${loginId} and l.expires_at > ${realNow}`,
  ),
)

/**
 * Takes the attempt, gives the try back and begins the session; returns the token. Undefined, and nothing was written, when the rows are
 * no longer the judged ones, the PIN has expired meanwhile or somebody else took the attempt.
 */
export async function reenter(
  { database, clock }: Source,
  loginId: string,
  { identity, network, attempt }: CountedPair,
  { caseVersion, pinVersion }: Judged,
): Promise<string | undefined> {
  const { token, ...session } = newSession()
  const pair = { identity, network, attempt }
  const values = { loginId, ...pair, caseVersion, pinVersion, ...session }
  const entered = await enter(clock)(database, values)
  return entered.length === 1 ? token : undefined
}

type EnterValues = CountedPair &
  Omit<NewSession, 'token'> &
  Pick<Judged, 'caseVersion' | 'pinVersion'> & { readonly loginId: string }

const enter = perClock((clock) =>
  prepare<{ readonly round: number }, EnterValues>(
    `reenter${clock.offsetSeconds}`,
    [
      'loginId',
      'identity',
      'network',
      'attempt',
      'caseVersion',
      'pinVersion',
      'tokenSha256',
      'resumeKey',
    ],
    ({ loginId, caseVersion, pinVersion, ...slots }) => sql`
      with held as materialized (
        select c.xmin::text as "caseVersion", p.xmin::text as "pinVersion", p.case_id, p.round, p.expires_at
        from cases c join pins p on p.case_id = c.case_id
        where p.identity = ${slots.identity}
        for update of c, p
      ), taken as (
        delete from login_states l using held
        where l.login_id = ${loginId} and l.expires_at > ${realNow}
          and held."caseVersion" = ${caseVersion} and held."pinVersion" = ${pinVersion}
          and ${clock.sql} < held.expires_at
        returning held.case_id, held.round
      ), ${refundBehind(slots, 'taken')}
      ${sessionBehind(slots, 'taken')}`,
  ),
)
