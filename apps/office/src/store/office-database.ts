// The office's database: opened, brought to the newest schema, with the one clock that decides.
import { type Clock, makeClock } from '@einmal-pin/platform/clock'
import { type Database, openDatabase, type Queryable } from '@einmal-pin/platform/database'
import { migrate } from '@einmal-pin/platform/migrations'
import type { Transaction } from 'kysely'
import { OFFICE_MIGRATIONS } from './migrations.ts'
import type { OfficeSchema } from './schema.ts'

export type OfficeDatabase = Database<OfficeSchema>
export type OfficeQueryable = Queryable<OfficeSchema>
export type OfficeTransaction = Transaction<OfficeSchema>

/** Where the office keeps its rows, and what time it is there. */
export interface Store {
  readonly database: OfficeDatabase
  readonly clock: Clock
}

export interface StoreOptions {
  readonly connectionString: string
  readonly clockOffsetSeconds: number
}

export async function openStore(options: StoreOptions): Promise<Store> {
  const database = openDatabase<OfficeSchema>({
    connectionString: options.connectionString,
    name: 'einmal-pin office',
  })
  try {
    await migrate(database, OFFICE_MIGRATIONS)
  } catch (error) {
    await database.close()
    throw error
  }
  return { database, clock: makeClock(options.clockOffsetSeconds) }
}
