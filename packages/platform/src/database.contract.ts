// The behaviours that every PostgreSQL must show under this code: the embedded one and the server of TEST_DATABASE_URL.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type Database, openDatabase } from './database.ts'
import { isUniqueViolation, ServiceUnavailable } from './database-errors.ts'
import { type Migrations, migrate } from './migrations.ts'
import type { OpenTestDatabase, TestDatabase } from './testing.ts'

type Schema = { counter: { id: number; value: number } }

const MIGRATIONS: Migrations = {
  '0001-counter': {
    up: async (db) => {
      await db.schema
        .createTable('counter')
        .addColumn('id', 'integer', (column) => column.primaryKey())
        .addColumn('value', 'bigint', (column) => column.notNull())
        .execute()
    },
  },
}

export type DatabaseSource = {
  readonly create: () => Promise<TestDatabase>
  readonly open: (migrations: Migrations) => Promise<OpenTestDatabase<Schema>>
}

export function databaseContract({ create, open }: DatabaseSource): void {
  let opened: OpenTestDatabase<Schema>
  let database: Database<Schema>

  before(async () => {
    opened = await open(MIGRATIONS)
    database = opened.database
  })
  after(() => opened.close())

  test('processes that migrate at the same time run each migration once', async () => {
    const { url, drop } = await create()
    const nodes = [1, 2, 3].map(() => openDatabase<Schema>({ connectionString: url, name: 'node' }))
    const ran = await Promise.all(nodes.map((node) => migrate(node, MIGRATIONS)))
    assert.deepEqual(ran.flat(), ['0001-counter'])
    await Promise.all(nodes.map((node) => node.close()))
    await drop()
  })

  test('a bigint is a number, a date stays a calendar date, an instant is a Date', async () => {
    const { rows } = await sql<{ big: number; day: string; at: Date }>`
      select 9007199254740991::bigint as big, date '2026-03-29' as day, timestamptz '2026-03-29T01:00Z' as at
    `.execute(database.kysely)
    assert.deepEqual(rows, [
      { big: 9007199254740991, day: '2026-03-29', at: new Date('2026-03-29T01:00:00Z') },
    ])
  })

  test('transactions that collide are run again until each has happened exactly once', async () => {
    await database.kysely.insertInto('counter').values({ id: 1, value: 0 }).execute()
    const add = () =>
      database.transaction(
        async (tx) => {
          const { value } = await tx
            .selectFrom('counter')
            .select('value')
            .where('id', '=', 1)
            .executeTakeFirstOrThrow()
          await tx
            .updateTable('counter')
            .set({ value: value + 1 })
            .where('id', '=', 1)
            .execute()
        },
        { isolation: 'serializable', attempts: 50 },
      )
    await Promise.all(Array.from({ length: 8 }, add))
    const { value } = await database.kysely
      .selectFrom('counter')
      .select('value')
      .executeTakeFirstOrThrow()
    assert.equal(value, 8)
  })

  test('a failed transaction leaves nothing and its error tells which constraint', async () => {
    const twice = database.transaction(async (tx) => {
      await tx.insertInto('counter').values({ id: 2, value: 0 }).execute()
      await tx.insertInto('counter').values({ id: 2, value: 0 }).execute()
    })
    await assert.rejects(twice, (error) => isUniqueViolation(error, 'counter_pkey'))
    const rows = await database.kysely.selectFrom('counter').where('id', '=', 2).execute()
    assert.equal(rows.length, 0)
  })

  test('a connection killed in mid-transaction is service unavailable, and the next one works', async () => {
    const killed = database.transaction(async (tx) => {
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
    })
    await assert.rejects(killed, ServiceUnavailable)
    await database.ping()
  })

  test('a server that is not there is service unavailable, not a crash', async () => {
    const away = openDatabase({ connectionString: 'postgres://x:y@/z?host=/nowhere', name: 'away' })
    await assert.rejects(away.ping(), ServiceUnavailable)
    await away.close()
  })
}
