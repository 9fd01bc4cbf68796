// What the portal must remember between KE1 and KE3: a row for 60 seconds, taken once.
import { LOGIN_STATE_SECONDS } from '@einmal-pin/domain/session-times'
import { pauseAfter } from '@einmal-pin/domain/throttle'
import type { Database, Queryable } from '@einmal-pin/platform/database'
import { newSecret } from '@einmal-pin/vault/random'
import { sql } from 'kysely'
import { prepare } from './prepared.ts'
import type { PortalTables } from './schema.ts'
import type { Pair } from './throttle.ts'
import { realNow } from './times.ts'

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
export async function rememberAttempt(
  database: Database<PortalTables>,
  attempt: LoginAttempt,
): Promise<string> {
  const loginId = newSecret()
  await remember(database, { loginId, pauseSeconds: pauseAfter(attempt.attempt), ...attempt })
  return loginId
}

const remember = prepare<object, TakenAttempt & { readonly loginId: string }>(
  'remember-attempt',
  ['loginId', 'identity', 'network', 'serverState', 'attempt', 'pauseSeconds'],
  ({ loginId, identity, network, serverState, attempt, pauseSeconds }) => sql`
    insert into login_states (login_id, identity, network, server_state, attempt, not_before, expires_at)
    values (${loginId}, ${identity}, ${network}, ${serverState}, ${attempt},
      ${realNow} + make_interval(secs => ${pauseSeconds}::int),
      ${realNow} + make_interval(secs => ${sql.lit(LOGIN_STATE_SECONDS)}))`,
)

export async function deleteOldAttempts(db: Db): Promise<void> {
  await db.deleteFrom('login_states').where('expires_at', '<=', realNow).execute()
}
