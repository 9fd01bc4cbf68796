// Sessions as rows: made at login, extended by human input, narrowed to the receipt after sending.
import {
  SESSION_ABSOLUTE_MINUTES,
  SESSION_IDLE_MINUTES,
  SESSION_RECEIPT_MINUTES,
} from '@einmal-pin/domain/session-times'
import type { Queryable } from '@einmal-pin/platform/database'
import { utf8 } from '@einmal-pin/vault/bytes'
import { sha256HexNow } from '@einmal-pin/vault/digest-node'
import { newSecret } from '@einmal-pin/vault/random'
import { type RawBuilder, sql } from 'kysely'
import type { Sql } from './prepared.ts'
import type { PortalTables } from './schema.ts'
import { inSeconds, realNow } from './times.ts'

type Db = Queryable<PortalTables>

const IDLE = inSeconds(SESSION_IDLE_MINUTES * 60)

/** SHA-256 (hex) of the cookie's value, as the table keeps it. */
export const tokenDigest = (token: string): string => sha256HexNow(utf8(token))

/** A session that is about to begin: the token goes into the cookie, the row keeps only its digest. */
export type NewSession = {
  readonly token: string
  readonly tokenSha256: string
  readonly resumeKey: string
}

export function newSession(): NewSession {
  const token = newSecret()
  return { token, tokenSha256: tokenDigest(token), resumeKey: newSecret() }
}

/** Returns the token for the cookie; the table keeps only its digest. */
export async function startSession(db: Db, caseId: string, round: number): Promise<string> {
  const { token, ...row } = newSession()
  await sql`
    with entered as (select ${caseId} as case_id, ${round}::int as round)
    ${sessionBehind(row, 'entered')}`.execute(db)
  return token
}

/** The statement that begins a session for each row (case_id, round) of the expression `behind`; returns the round. */
export function sessionBehind(
  {
    tokenSha256,
    resumeKey,
  }: { readonly [Field in 'tokenSha256' | 'resumeKey']: Sql<NewSession[Field]> },
  behind: 'entered' | 'unchanged',
): RawBuilder<unknown> {
  return sql`
    insert into sessions (token_sha256, case_id, round, resume_key, idle_expires_at, absolute_expires_at)
    select ${tokenSha256}, case_id, round, ${resumeKey},
      ${realNow} + make_interval(mins => ${sql.lit(SESSION_IDLE_MINUTES)}),
      ${realNow} + make_interval(mins => ${sql.lit(SESSION_ABSOLUTE_MINUTES)})
    from ${sql.ref(behind)}
    returning round`
}

export type SessionEnds = { readonly idle: Date; readonly absolute: Date }

/** Human input: the idle end moves, but never to an earlier time, for a receipt is shown for longer; the absolute end stays. */
export async function extendSession(db: Db, tokenSha256: string): Promise<SessionEnds | undefined> {
  const row = await db
    .updateTable('sessions')
    .set({
      idle_expires_at: sql<Date>`least(absolute_expires_at, greatest(idle_expires_at, ${IDLE}))`,
    })
    .where('token_sha256', '=', tokenSha256)
    .returning(['idle_expires_at as idle', 'absolute_expires_at as absolute'])
    .executeTakeFirst()
  return row
}

export async function endSession(db: Db, tokenSha256: string, caseId: string): Promise<void> {
  await db
    .deleteFrom('sessions')
    .where('token_sha256', '=', tokenSha256)
    .where('case_id', '=', caseId)
    .execute()
}

/**
 * After sending: the sender's session shows the receipt for 45 minutes. All others end; their rows stay, without the resume key, so that
 * the other device hears "already sent" instead of "not logged in".
 */
export async function narrowToReceipt(db: Db, caseId: string, senderSha256: string): Promise<void> {
  const end = inSeconds(SESSION_RECEIPT_MINUTES * 60)
  await db
    .updateTable('sessions')
    .set({ scope: 'receipt', idle_expires_at: end, absolute_expires_at: end })
    .where('token_sha256', '=', senderSha256)
    .execute()
  await db
    .updateTable('sessions')
    .set({ resume_key: null })
    .where('case_id', '=', caseId)
    .where('token_sha256', '!=', senderSha256)
    .execute()
}

export async function deleteEndedSessions(db: Db): Promise<void> {
  await db
    .deleteFrom('sessions')
    .where((on) =>
      on.or([on('idle_expires_at', '<', realNow), on('absolute_expires_at', '<', realNow)]),
    )
    .execute()
}
