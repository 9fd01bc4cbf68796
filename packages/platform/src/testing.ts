// Real databases for tests: one PostgreSQL shared by all test processes, a fresh database for whoever asks.
import { mkdir, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { DataDirInUse } from './data-dir-lock.ts'
import { type Database, openDatabase } from './database.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import { type Migrations, migrate } from './migrations.ts'

export type TestDatabase = {
  /** Connection string with the rights of the database's owner. */
  readonly url: string
  readonly drop: () => Promise<void>
}

export type OpenTestDatabase<S> = {
  readonly url: string
  readonly database: Database<S>
  readonly close: () => Promise<void>
}

/** The shared embedded cluster, or the server of `TEST_DATABASE_URL`, where its role may create databases. */
type ServerKind = 'embedded' | 'server'
const DEFAULT_KIND: ServerKind = process.env['TEST_DATABASE_URL'] ? 'server' : 'embedded'

/** A new empty database; dropped by `drop` or, at the latest, with the shared cluster. */
export async function createTestDatabase(kind = DEFAULT_KIND): Promise<TestDatabase> {
  const server = servers.get(kind) ?? openServer(kind)
  servers.set(kind, server)
  const { holder, urlOf } = await server
  databaseNumber += 1
  const name = `test_${process.pid}_${databaseNumber}`
  await awake(holder, () => holder.query(`create database ${name}`))
  return {
    url: urlOf(name),
    drop: async () => {
      await awake(holder, () => holder.query(`drop database if exists ${name} with (force)`))
    },
  }
}

/** A new database, migrated and open; `close` drops it. */
export async function openTestDatabase<S>(
  migrations: Migrations = {},
  kind = DEFAULT_KIND,
): Promise<OpenTestDatabase<S>> {
  const { url, drop } = await createTestDatabase(kind)
  const database = openDatabase<S>({ connectionString: url, name: 'test' })
  await migrate(database, migrations)
  const close = async () => {
    await database.close()
    await drop()
  }
  return { url, database, close }
}

/** Runs `work` with a database of its own. */
export async function withTestDatabase<S, T>(
  migrations: Migrations,
  work: (database: Database<S>, url: string) => Promise<T>,
): Promise<T> {
  const { database, url, close } = await openTestDatabase<S>(migrations)
  try {
    return await work(database, url)
  } finally {
    await close()
  }
}

/** The types of pg leave out what its documentation names. */
type Holder = pg.Client & { readonly ref: () => void; readonly unref: () => void }

type TestServer = {
  /** Keeps the cluster alive as long as this process runs. */
  readonly holder: Holder
  readonly urlOf: (database: string) => string
  readonly leave: () => Promise<void>
}

const servers = new Map<ServerKind, Promise<TestServer>>()
let databaseNumber = 0

const HOLDER = 'einmal-pin test'
const SHARED_CLUSTER_URL = 'EP_TEST_CLUSTER_URL'

/** Starts the shared cluster for a whole run of test files, which then need not find and lock it one by one. */
export async function holdTestCluster(): Promise<{
  readonly env: Readonly<Record<string, string>>
  readonly release: () => Promise<void>
}> {
  const { urlOf, leave } = await joinSharedCluster()
  return { env: { [SHARED_CLUSTER_URL]: urlOf('postgres') }, release: leave }
}

async function openServer(kind: ServerKind): Promise<TestServer> {
  const opened = await (kind === 'server'
    ? openExternal(process.env['TEST_DATABASE_URL'] ?? '')
    : openEmbedded(process.env[SHARED_CLUSTER_URL]))
  opened.holder.unref()
  // Not an `after` hook: those of this module would run before those of the test file, which still drop their databases.
  process.once('beforeExit', () => void awake(opened.holder, opened.leave))
  return opened
}

let awakenings = 0

/** The waiting connection does not keep the process alive, except while something is asked of it. */
async function awake<T>(holder: Holder, work: () => Promise<T>): Promise<T> {
  awakenings += 1
  holder.ref()
  try {
    return await work()
  } finally {
    awakenings -= 1
    if (awakenings === 0) holder.unref()
  }
}

const openEmbedded = (url: string | undefined) =>
  url === undefined ? joinSharedCluster() : openExternal(url)

async function openExternal(url: string): Promise<TestServer> {
  const holder = await connect(url)
  const urlOf = (database: string) => {
    const other = new URL(url)
    other.pathname = `/${database}`
    return other.href
  }
  return { holder, urlOf, leave: () => holder.end() }
}

async function joinSharedCluster(): Promise<TestServer> {
  const directory = await sharedDirectory()
  const postgres = await exclusively(directory)
  try {
    const holder = await connect(postgres.adminUrl())
    if (await isAlone(holder)) await dropLeftovers(holder)
    const urlOf = (database: string) => postgres.adminUrl(database)
    return { holder, urlOf, leave: () => leaveSharedCluster(directory, holder) }
  } finally {
    await postgres.abandon()
  }
}

/** The last one out stops the server. */
async function leaveSharedCluster(directory: string, holder: Holder): Promise<void> {
  const postgres = await exclusively(directory)
  const alone = await isAlone(holder)
  await holder.end()
  await (alone ? postgres.stop() : postgres.abandon())
}

async function sharedDirectory(): Promise<string> {
  const uid = process.getuid?.() ?? 0
  const directory = join(tmpdir(), `einmal-pin-test-${uid}`)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const found = await stat(directory)
  if (found.uid !== uid) throw new Error(`${directory} belongs to somebody else`)
  return join(directory, 'postgres')
}

/** Waits for other test processes that are just coming or going. */
async function exclusively(directory: string): Promise<EmbeddedPostgres> {
  const giveUpAt = performance.now() + 60_000
  for (;;) {
    try {
      return await startEmbeddedPostgres({ directory, databases: [] })
    } catch (error) {
      if (!(error instanceof DataDirInUse) || performance.now() > giveUpAt) throw error
      await sleep(20)
    }
  }
}

async function connect(connectionString: string): Promise<Holder> {
  const client = new pg.Client({ connectionString, application_name: HOLDER }) as Holder
  client.on('error', () => {})
  await client.connect()
  return client
}

async function isAlone(holder: Holder): Promise<boolean> {
  const others =
    'select from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()'
  return (await holder.query(others, [HOLDER])).rowCount === 0
}

async function dropLeftovers(holder: Holder): Promise<void> {
  const { rows } = await holder.query<{ datname: string }>(
    `select datname from pg_database where datname like 'test\\_%'`,
  )
  for (const { datname } of rows) await holder.query(`drop database ${datname} with (force)`)
}
