// Brings a database to the schema that the code expects, once, however many processes start together.
import { type Migration, Migrator } from 'kysely/migration'
import type { Database } from './database.ts'

/** Name (sortable, such as `0001-cases`) to migration; names that were released never change. */
export type Migrations = Readonly<Record<string, Migration>>

/**
 * Runs what is missing in one transaction; Kysely's migrator serialises processes with an advisory lock.
 * Returns the names that it ran. Throws the first failure, after which the database is unchanged.
 */
export async function migrate<S>(
  database: Database<S>,
  migrations: Migrations,
): Promise<readonly string[]> {
  const migrator = new Migrator({
    db: database.kysely,
    provider: { getMigrations: async () => ({ ...migrations }) },
  })
  const { error, results } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
  return (results ?? []).map(({ migrationName }) => migrationName)
}
