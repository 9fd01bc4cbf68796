// The one gate of an open case: every request of a browser passes here, in its own transaction, under a lock on the case row.
import type { Clock } from '@einmal-pin/platform/clock'
import type { Queryable } from '@einmal-pin/platform/database'
import type { ErrorCode } from '@einmal-pin/wire/errors'
import type { PortalCaseState } from '@einmal-pin/wire/office-link'
import { problem } from '@einmal-pin/wire/problem'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Sql } from './prepared.ts'
import type { PortalTables } from './schema.ts'
import { realNow } from './times.ts'

/** What a request brings: the case of its path and the digest of that case's cookie. */
export type Claim = { readonly caseId: string; readonly tokenSha256: string }

/** A session and its case as they are under the lock. */
export type CaseSession = {
  readonly caseId: string
  readonly tokenSha256: string
  readonly sessionRound: number
  readonly scope: 'case' | 'receipt'
  readonly resumeKey: string | null
  readonly idleExpiresAt: Date
  readonly absoluteExpiresAt: Date
  readonly state: PortalCaseState
  readonly round: number
  readonly lastDay: string
  readonly expiresAt: Date
  readonly now: Date
  readonly isOpen: boolean
}

/** `share` lets requests of a case run side by side; `update` waits for all of them and keeps others out. */
export type CaseLock = 'share' | 'update'

/** Throws `session.missing` or, with a live session of a case that is over, the plain reason (410). */
export async function openCase(
  tx: Transaction<PortalTables>,
  clock: Clock,
  claim: Claim,
  lock: CaseLock = 'share',
): Promise<CaseSession> {
  const session = await lockSession(tx, clock, claim, lock)
  const reason = reasonAgainst(session)
  if (reason !== undefined) throw problem(reason)
  return session
}

/**
 * For the receipt and what the sender's page needs after sending: an open case, or a sent one whose session is narrowed to the receipt.
 * Throws like {@link openCase}.
 */
export async function openCaseOrReceipt(
  tx: Transaction<PortalTables>,
  clock: Clock,
  claim: Claim,
): Promise<CaseSession> {
  const session = await lockSession(tx, clock, claim, 'share')
  const reason = session.scope === 'receipt' ? undefined : reasonAgainst(session)
  if (reason !== undefined) throw problem(reason)
  return session
}

/** The live session and its case without any judgement on the state; only sending needs this, to find its own earlier answer. */
export async function lockSession(
  tx: Transaction<PortalTables>,
  clock: Clock,
  claim: Claim,
  lock: CaseLock,
): Promise<CaseSession> {
  const { rows } = await gate(clock, claim, lock).execute(tx)
  return sessionOf(claim, rows[0])
}

/** A row of the {@link gate} as the session that it stands for. Throws `session.missing` when there is none. */
export function sessionOf(claim: Claim, row: GateRow | undefined): CaseSession {
  if (row === undefined) throw problem('session.missing')
  return { ...row, ...claim }
}

export type GateRow = Omit<CaseSession, keyof Claim>

/**
 * The statement behind every request: the case's row is locked, then judged. `isOpen` is the one rule of what an open case is; the clock
 * is asked after the wait for the lock, so that a request that waited past midnight is too late.
 */
export function gate(
  clock: Clock,
  { caseId, tokenSha256 }: { readonly [Field in keyof Claim]: Sql<string> },
  lock: CaseLock,
): RawBuilder<GateRow> {
  // PostgreSQL computes a select list before it waits for the rows' locks: so the clock stands in a select of its own.
  return sql<GateRow>`
    with locked as materialized (
      select s.round as "sessionRound", s.scope, s.resume_key as "resumeKey",
        s.idle_expires_at as "idleExpiresAt", s.absolute_expires_at as "absoluteExpiresAt",
        c.state, c.round, c.last_day as "lastDay", c.expires_at as "expiresAt"
      from cases c join sessions s on s.case_id = c.case_id
      where c.case_id = ${caseId} and s.token_sha256 = ${tokenSha256}
        and s.idle_expires_at > ${realNow} and s.absolute_expires_at > ${realNow}
      ${lock === 'share' ? sql`for share of c` : sql`for update of c`}
    )
    select locked.*, ${clock.sql} as now,
      (state = 'open' and "sessionRound" = round and ${clock.sql} < "expiresAt") as "isOpen"
    from locked`
}

const REASONS = {
  open: undefined,
  submitted: 'case.submitted',
  received: 'case.submitted',
  quarantined: 'case.submitted',
  expired: 'case.expired',
  locked: 'case.locked',
  superseded: 'case.superseded',
  revoked: 'case.revoked',
} as const satisfies Record<PortalCaseState, ErrorCode | undefined>

/** As much of a session and its case as says whether it is open. */
export type Judgeable = Pick<CaseSession, 'isOpen' | 'state' | 'round' | 'sessionRound'>

/** Why nothing may be read or written any more; undefined as long as it may. */
export function reasonAgainst(session: Judgeable): ErrorCode | undefined {
  const { isOpen, state, round, sessionRound } = session
  if (isOpen) return undefined
  const over = REASONS[state]
  if (over === 'case.submitted' || over === 'case.revoked') return over
  if (sessionRound !== round) return 'case.superseded'
  // No grace after the last day, not even in an open session.
  return over ?? 'case.expired'
}

/** A quick look before a large body is read; the gate itself decides later. */
export async function isLive(
  db: Queryable<PortalTables>,
  { caseId, tokenSha256 }: Claim,
): Promise<boolean> {
  const row = await db
    .selectFrom('sessions')
    .where('token_sha256', '=', tokenSha256)
    .where('case_id', '=', caseId)
    .where('idle_expires_at', '>', realNow)
    .select('round')
    .executeTakeFirst()
  return row !== undefined
}
