// Brings a database to the schema that the code expects, once, however many processes start together.

import { setTimeout as sleep } from 'node:timers/promises'
import { type Migration, Migrator } from 'kysely/migration'
import type { Database } from './database.ts'
import { isConnectionLoss } from './database-errors.ts'

/** Name (sortable, such as `0001-cases`) to migration; names that were released never change. */
export type Migrations = Readonly<Record<string, Migration>>

/** A server that recovers after a crash, together with which this process was started. */
const WAIT_MILLISECONDS = 30_000

/**
 * Runs what is missing in one transaction; Kysely's migrator serialises processes with an advisory lock. Returns the names that it ran.
 * Waits up to 30 s for a server that is just coming up. Throws the first failure, after which the database is unchanged.
 */
export async function migrate<S>(
  database: Database<S>,
  migrations: Migrations,
): Promise<readonly string[]> {
  const migrator = new Migrator({
    db: database.kysely,
    provider: { getMigrations: async () => ({ ...migrations }) },
  })
  const giveUpAt = performance.now() + WAIT_MILLISECONDS
  for (;;) {
    const { error, results } = await migrator.migrateToLatest()
    if (error === undefined) return (results ?? []).map(({ migrationName }) => migrationName)
    if (!isConnectionLoss(error) || performance.now() > giveUpAt) throw error
    await sleep(100)
  }
}
