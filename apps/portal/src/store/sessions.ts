// Sessions as rows: made at login, extended by human input, narrowed to the receipt after sending.
import {
  SESSION_ABSOLUTE_MINUTES,
  SESSION_IDLE_MINUTES,
  SESSION_RECEIPT_MINUTES,
} from '@einmal-pin/domain/session-times'
import type { Queryable } from '@einmal-pin/platform/database'
import { toHex } from '@einmal-pin/vault/base64url'
import { utf8 } from '@einmal-pin/vault/bytes'
import { newStreamDigest } from '@einmal-pin/vault/digest-node'
import { newSecret } from '@einmal-pin/vault/random'
import { sql } from 'kysely'
import type { PortalTables } from './schema.ts'
import { inSeconds, realNow } from './times.ts'

type Db = Queryable<PortalTables>

const IDLE = inSeconds(SESSION_IDLE_MINUTES * 60)

/** SHA-256 (hex) of the cookie's value, as the table keeps it. */
export function tokenDigest(token: string): string {
  const digest = newStreamDigest()
  digest.update(utf8(token))
  return toHex(digest.digest())
}

/** Returns the token for the cookie; the table keeps only its digest. */
export async function startSession(db: Db, caseId: string, round: number): Promise<string> {
  const token = newSecret()
  await db
    .insertInto('sessions')
    .values({
      token_sha256: tokenDigest(token),
      case_id: caseId,
      round,
      resume_key: newSecret(),
      idle_expires_at: IDLE,
      absolute_expires_at: inSeconds(SESSION_ABSOLUTE_MINUTES * 60),
    })
    .execute()
  return token
}

export type SessionEnds = { readonly idle: Date; readonly absolute: Date }

/** Human input: the idle end moves, the absolute end and the receipt's 45 minutes stay. */
export async function extendSession(db: Db, tokenSha256: string): Promise<SessionEnds | undefined> {
  const row = await db
    .updateTable('sessions')
    .set({ idle_expires_at: sql<Date>`least(absolute_expires_at, ${IDLE})` })
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
