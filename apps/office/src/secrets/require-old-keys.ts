// Refuses to start, and to make new keys, where a database waits for the old ones: what those wrapped would be lost without a word.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from '@einmal-pin/platform/config'
import { unwrapDataKey } from '@einmal-pin/vault/at-rest'
import type { KeyProvider } from '@einmal-pin/vault/kek'
import { VaultError } from '@einmal-pin/vault/vault-error'
import type { OfficeDatabase } from '../store/office-database.ts'
import { decodeWrap } from './wrap-text.ts'

/** Files of the office that nothing can replace once there is a case; see docs/operations. */
const IRREPLACEABLE = [
  'kek.json',
  'office-signing-key.json',
  'request-identity.json',
  'opaque.json',
  'receipt-key.json',
] as const

const newestWrap = (database: OfficeDatabase) =>
  database.kysely
    .selectFrom('cases')
    .select(['case_id', 'data_key_wrap'])
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Call it before the keys are loaded. Throws ConfigError naming every missing file. */
export async function requireOldKeys(database: OfficeDatabase, folder: string): Promise<void> {
  if ((await newestWrap(database)) === undefined) return
  const missing = IRREPLACEABLE.filter((name) => !existsSync(join(folder, name)))
  if (missing.length === 0) return
  throw new ConfigError(
    missing.map((name) => `${join(folder, name)} is missing: restore it from its own backup`),
  )
}

/** Throws ConfigError when the key-encryption key is not the one of this database. */
export async function requireFittingKek(
  database: OfficeDatabase,
  kek: KeyProvider,
  folder: string,
): Promise<void> {
  const newest = await newestWrap(database)
  if (newest === undefined || newest.data_key_wrap === null) return
  try {
    await unwrapDataKey(kek, decodeWrap(newest.data_key_wrap), newest.case_id)
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    const path = join(folder, 'kek.json')
    throw new ConfigError([`${path} is not the key of this database: restore the right one`])
  }
}
