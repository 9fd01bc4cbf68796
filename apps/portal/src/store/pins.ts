// PINs as rows: looked up at login, and the moves of their life (domain pin-life.ts) with what dies along with them.
import {
  nextPinState,
  PIN_TRANSITIONS,
  type PinEvent,
  type PinState,
} from '@einmal-pin/domain/pin-life'
import type { Clock } from '@einmal-pin/platform/clock'
import type { Queryable } from '@einmal-pin/platform/database'
import { newId } from '@einmal-pin/vault/random'
import type { PortalCaseState } from '@einmal-pin/wire/office-link'
import { type Selectable, sql, type Transaction } from 'kysely'
import type { CaseTable, PinTable, PortalTables } from './schema.ts'
import { berlinDay, inSeconds, secondsUntil } from './times.ts'

type Db = Queryable<PortalTables>
type Tx = Transaction<PortalTables>
const MAX_ROUND = 99

export type CaseRow = Selectable<CaseTable>
export type PinRow = Selectable<PinTable>

/** A PIN and its case under an exclusive lock, as the right PIN meets them. */
export type FoundPin = {
  readonly opened: Pick<CaseRow, 'state' | 'round'>
  readonly pin: Omit<PinRow, 'package'>
  readonly now: Date
  /** Whole seconds until the second factor may be tried again; 0 when there is no pause. */
  readonly secondFactorPause: number
}

/**
 * Locks the case and its PIN in one statement; both rows are then the newest ones. PostgreSQL computes a select list before it waits for
 * the rows' locks: so the clock stands in a select of its own.
 */
export async function lockByIdentity(
  tx: Tx,
  clock: Clock,
  identity: string,
): Promise<FoundPin | undefined> {
  const row = await tx
    .with(
      (found) => found('found').materialized(),
      (db) =>
        db
          .selectFrom('cases as c')
          .innerJoin('pins as p', 'p.case_id', 'c.case_id')
          .where('p.identity', '=', identity)
          .select(['c.state as caseState', 'c.round as caseRound'])
          .select(PIN_COLUMNS)
          .forUpdate(['c', 'p']),
    )
    .selectFrom('found')
    .selectAll()
    .select([clock.sql.as('now'), secondsUntil('second_factor_not_before').as('pause')])
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { caseState: state, caseRound: round, now, pause, ...pin } = row
  return { opened: { state, round }, pin, now, secondFactorPause: pause }
}

const PIN_COLUMNS = [
  'p.case_id',
  'p.round',
  'p.identity',
  'p.second_factors',
  'p.opaque_record',
  'p.wrapped_secret',
  'p.publication',
  'p.state',
  'p.letter_date',
  'p.last_day',
  'p.expires_at',
  'p.first_login_day',
  'p.second_factor_failures',
  'p.second_factor_not_before',
] as const

export async function lockCase(tx: Tx, caseId: string): Promise<CaseRow | undefined> {
  return await tx
    .selectFrom('cases')
    .where('case_id', '=', caseId)
    .selectAll()
    .forUpdate()
    .executeTakeFirst()
}

export async function pinsOf(db: Db, caseId: string): Promise<readonly PinRow[]> {
  return await db
    .selectFrom('pins')
    .where('case_id', '=', caseId)
    .orderBy('round')
    .selectAll()
    .execute()
}

/** Rounds from `from` to `to`, both included; all of them unless told. */
export type Rounds = { readonly from?: number; readonly to?: number }

const PIN_STATES = Object.keys(PIN_TRANSITIONS) as PinState[]

/** Moves the PINs of a case that the domain's table lets move; what could open the case goes with them. */
export async function endPins(
  tx: Tx,
  caseId: string,
  event: Exclude<PinEvent, 'extend'>,
  { from = 1, to = MAX_ROUND }: Rounds = {},
): Promise<void> {
  const movable = PIN_STATES.filter((state) => nextPinState(state, event).ok)
  const moved = nextPinState('live', event)
  if (!moved.ok) throw new Error('an event that no PIN knows')
  await tx
    .updateTable('pins')
    .set({ state: moved.value, wrapped_secret: null, package: null })
    .where('case_id', '=', caseId)
    .where('state', 'in', movable)
    .where('round', '>=', from)
    .where('round', '<=', to)
    .execute()
}

export async function setCaseState(tx: Tx, caseId: string, state: PortalCaseState): Promise<void> {
  await tx.updateTable('cases').set({ state }).where('case_id', '=', caseId).execute()
}

/** The PIN of this round opens the case from now on. */
export async function makeCurrent(
  tx: Tx,
  caseId: string,
  pin: Pick<PinRow, 'round' | 'last_day' | 'expires_at'>,
): Promise<void> {
  await tx
    .updateTable('cases')
    .set({ round: pin.round, last_day: pin.last_day, expires_at: pin.expires_at, state: 'open' })
    .where('case_id', '=', caseId)
    .execute()
}

/**
 * The PIN of this round has died. If a newer letter's PIN is alive, it takes over; else the case is over, too.
 * The caller holds the case's lock.
 */
export async function followPin(
  tx: Tx,
  caseId: string,
  state: 'expired' | 'locked' | 'superseded',
): Promise<void> {
  const pins = await pinsOf(tx, caseId)
  const next = pins.find((pin) => pin.state === 'live')
  if (next === undefined) await setCaseState(tx, caseId, state)
  else await makeCurrent(tx, caseId, next)
}

/**
 * Freezes the PIN of an identity after too many wrong tries. One statement for known and unknown alike, so that the work tells nothing;
 * it does by itself what {@link endPins}, {@link followPin} and the fact do elsewhere.
 */
export async function freezeByIdentity(db: Db, clock: Clock, identity: string): Promise<void> {
  await sql`
    with frozen as (
      update pins set state = 'locked', wrapped_secret = null, package = null
      where identity = ${identity} and state = 'live' returning case_id, round
    ), newer as (
      select p.case_id, p.round, p.last_day, p.expires_at from pins p join frozen f using (case_id)
      where p.state = 'live' and p.round <> f.round order by p.round limit 1
    ), moved as (
      update cases c set
        state = case when n.round is null then 'locked' else c.state end,
        round = coalesce(n.round, c.round),
        last_day = coalesce(n.last_day, c.last_day),
        expires_at = coalesce(n.expires_at, c.expires_at)
      from frozen f left join newer n using (case_id)
      where c.case_id = f.case_id and c.state = 'open' and c.round = f.round
    )
    insert into outbox (id, case_id, round, type, day)
    select ${newId()}, case_id, round, 'locked', ${berlinDay(clock)} from frozen`.execute(db)
}

/** The first login with this PIN was today. */
export async function noteFirstLogin(
  tx: Tx,
  clock: Clock,
  { case_id, round }: FoundPin['pin'],
): Promise<void> {
  await tx
    .updateTable('pins')
    .set({ first_login_day: berlinDay(clock) })
    .where('case_id', '=', case_id)
    .where('round', '=', round)
    .execute()
}

export async function countSecondFactor(
  tx: Tx,
  { case_id, round }: FoundPin['pin'],
  { failures, pauseSeconds }: { readonly failures: number; readonly pauseSeconds: number },
): Promise<void> {
  await tx
    .updateTable('pins')
    .set({ second_factor_failures: failures, second_factor_not_before: inSeconds(pauseSeconds) })
    .where('case_id', '=', case_id)
    .where('round', '=', round)
    .execute()
}

/** The sealed case package of the round that opens the case. The caller has passed the gate. */
export async function readPackage(
  tx: Tx,
  caseId: string,
  round: number,
): Promise<{ readonly bytes: Buffer; readonly publication: number }> {
  const { bytes, publication } = await tx
    .selectFrom('pins')
    .where('case_id', '=', caseId)
    .where('round', '=', round)
    .select(['package as bytes', 'publication'])
    .executeTakeFirstOrThrow()
  if (bytes === null) throw new Error('a live PIN without its package')
  return { bytes, publication }
}
