// Nonces of signed requests, kept longer than any signature stays fresh: a repeated request is refused.
import type { Queryable } from '@einmal-pin/platform/database'
import { SIGNATURE_CLOCK_SKEW, SIGNATURE_MAX_AGE } from '@einmal-pin/vault/http-signature'
import type { PortalTables } from './schema.ts'
import { inSeconds, realNow } from './times.ts'

/** Twice what is needed, for clocks are stepped now and then. */
const KEEP_SECONDS = 2 * (SIGNATURE_MAX_AGE + SIGNATURE_CLOCK_SKEW)

/** False when this key has used the nonce before. */
export async function useNonce(
  db: Queryable<PortalTables>,
  keyId: string,
  nonce: string,
): Promise<boolean> {
  const added = await db
    .insertInto('nonces')
    .values({ key_id: keyId, nonce, expires_at: inSeconds(KEEP_SECONDS) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('nonce')
    .executeTakeFirst()
  return added !== undefined
}

export async function deleteOldNonces(db: Queryable<PortalTables>): Promise<void> {
  await db.deleteFrom('nonces').where('expires_at', '<', realNow).execute()
}
