// What the portal must remember between KE1 and KE3: a row for 60 seconds, taken once.
import { LOGIN_STATE_SECONDS } from '@einmal-pin/domain/session-times'
import { pauseAfter } from '@einmal-pin/domain/throttle'
import type { Queryable } from '@einmal-pin/platform/database'
import { newSecret } from '@einmal-pin/vault/random'
import { sql } from 'kysely'
import type { PortalTables } from './schema.ts'
import type { Pair } from './throttle.ts'
import { inSeconds, realNow } from './times.ts'

type Db = Queryable<PortalTables>

export type LoginAttempt = Pair & {
  /** Number of this try in its network's row. */
  readonly attempt: number
  /** OPAQUE's secret of this try. */
  readonly serverState: string
}

/** A taken attempt; `pauseSeconds` is what its network has to wait should it be wrong. */
export type TakenAttempt = LoginAttempt & { readonly pauseSeconds: number }

/** Returns the id that the browser shows again with KE3. */
export async function rememberAttempt(db: Db, attempt: LoginAttempt): Promise<string> {
  const loginId = newSecret()
  await db
    .insertInto('login_states')
    .values({
      login_id: loginId,
      identity: attempt.identity,
      network: attempt.network,
      server_state: attempt.serverState,
      attempt: attempt.attempt,
      not_before: inSeconds(pauseAfter(attempt.attempt)),
      expires_at: inSeconds(LOGIN_STATE_SECONDS),
    })
    .execute()
  return loginId
}

/** Takes the attempt out of the table: whatever follows, it can never be used again. */
export async function takeAttempt(db: Db, loginId: string): Promise<TakenAttempt | undefined> {
  return await db
    .deleteFrom('login_states')
    .where('login_id', '=', loginId)
    .where('expires_at', '>', realNow)
    .returning(['identity', 'network', 'attempt', 'server_state as serverState'])
    .returning(
      sql<number>`greatest(0, ceil(extract(epoch from not_before - ${realNow})))::int`.as(
        'pauseSeconds',
      ),
    )
    .executeTakeFirst()
}

export async function deleteOldAttempts(db: Db): Promise<void> {
  await db.deleteFrom('login_states').where('expires_at', '<=', realNow).execute()
}
