// The embedded default: a real PostgreSQL in a folder, started, adopted, restarted and stopped by this supervisor.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type DataDirLock, lockDataDir } from './data-dir-lock.ts'
import { type Binaries, findBinaries } from './embedded/binaries.ts'
import { ADMINISTRATOR, type Credentials, initialise } from './embedded/initialise.ts'
import { type Layout, layoutOf, removeSocketFolder } from './embedded/layout.ts'
import {
  adoptPostmaster,
  type Postmaster,
  spawnPostmaster,
  stopPostmaster,
} from './embedded/postmaster.ts'
import { chooseSystemUser } from './embedded/system-user.ts'

export type EmbeddedPostgresOptions = {
  /** The folder of the cluster, for example `${EP_DATA_DIR}/postgres`; made when missing. */
  readonly directory: string
  /** Each gets a role of the same name that owns it; no role may connect to another's database. */
  readonly databases: readonly string[]
  /** Told what happens that nobody asked for: an adoption, a death, a restart. */
  readonly log?: (line: string) => void
  /** Called when the server dies again and again; without it the supervisor only logs. */
  readonly onGivenUp?: () => void
  /** For tests: another list of system users. */
  readonly passwdFile?: string
  /** For tests: other programs than those that npm installed. */
  readonly binaries?: Binaries
}

export type EmbeddedPostgres = {
  /** For PORTAL_DATABASE_URL and OFFICE_DATABASE_URL; contains the role's password. */
  readonly url: (database: string) => string
  /** The administrator's, for creating databases in tests. */
  readonly adminUrl: (database?: string) => string
  readonly pid: () => number
  readonly adopted: boolean
  readonly socketFolder: () => string
  /** Stops the server (fast shutdown) and frees the directory. */
  readonly stop: () => Promise<void>
  /** Frees the directory but lets the server run, for another supervisor to adopt. */
  readonly abandon: () => Promise<void>
}

/** Recovery after a crash may have to read a few hundred megabytes of WAL. */
const READY_MILLISECONDS = 60_000
/** After SIGKILL of the server its children hold the shared memory for a moment. */
const START_ATTEMPTS = 50
const STILL_HELD = /still in use|already exists|being used/
const START_PAUSE_MILLISECONDS = 100
const MAX_DEATHS_A_MINUTE = 5

/**
 * Starts PostgreSQL on `directory`, or adopts the server that still serves it. Throws DataDirInUse when another supervisor has the
 * directory, and a sentence with the end of the server's log when it does not come up.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const lock = await lockDataDir(options.directory)
  try {
    const user = await chooseSystemUser(join(options.directory, 'data'), options.passwdFile)
    const layout = layoutOf(options.directory, user)
    const binaries = options.binaries ?? findBinaries()
    const credentials = await initialise(layout, binaries, options.databases)
    const postmaster = await bringUp(layout, binaries, credentials)
    if (postmaster.adopted) options.log?.('PostgreSQL was still running and is adopted')
    await createDatabases(
      urlOf(postmaster, credentials, ADMINISTRATOR, 'postgres'),
      options,
      credentials,
    )
    return supervise({ layout, binaries, credentials, lock, options }, postmaster)
  } catch (error) {
    await lock.release()
    throw error
  }
}

type Context = {
  readonly layout: Layout
  readonly binaries: Binaries
  readonly credentials: Credentials
  readonly lock: DataDirLock
  readonly options: EmbeddedPostgresOptions
}

function supervise(context: Context, first: Postmaster): EmbeddedPostgres {
  const { layout, credentials, lock } = context
  let postmaster = first
  let watching = true
  const watch = watchOver(
    context,
    first,
    () => watching,
    (next) => {
      postmaster = next
    },
  )
  const letGo = async (end: () => Promise<void>) => {
    if (!watching) return
    watching = false
    await end()
    await lock.release()
  }
  return {
    url: (database) => urlOf(postmaster, credentials, database, database),
    adminUrl: (database = 'postgres') => urlOf(postmaster, credentials, ADMINISTRATOR, database),
    pid: () => postmaster.pid,
    adopted: first.adopted,
    socketFolder: () => postmaster.socketFolder,
    stop: () =>
      letGo(async () => {
        await stopPostmaster(postmaster)
        await watch
        await stopPostmaster(postmaster)
        await removeSocketFolder(layout)
      }),
    abandon: () => letGo(async () => {}),
  }
}

/** Brings a server that died back, and says so; gives up when it dies over and over. */
async function watchOver(
  { layout, binaries, credentials, options }: Context,
  first: Postmaster,
  isWatching: () => boolean,
  replace: (next: Postmaster) => void,
): Promise<void> {
  const deaths: number[] = []
  let current = first
  for (;;) {
    await current.ended
    if (!isWatching()) return
    const now = performance.now()
    deaths.push(now)
    const recent = deaths.filter((at) => now - at < 60_000).length
    try {
      if (recent > MAX_DEATHS_A_MINUTE) throw new Error('it dies again and again')
      options.log?.('PostgreSQL ended unexpectedly and is started again')
      current = await bringUp(layout, binaries, credentials)
      replace(current)
      if (!isWatching()) return
      options.log?.('PostgreSQL runs again')
    } catch (error) {
      options.log?.(`PostgreSQL stays down: ${error instanceof Error ? error.message : 'unknown'}`)
      options.onGivenUp?.()
      return
    }
  }
}

async function bringUp(
  layout: Layout,
  binaries: Binaries,
  credentials: Credentials,
): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    const postmaster = (await adoptPostmaster(layout)) ?? (await spawnPostmaster(layout, binaries))
    if (await becomesReady(postmaster, credentials)) return postmaster
    const reason = await failureText(layout)
    const patience = STILL_HELD.test(reason) ? START_ATTEMPTS : 3
    if (attempt >= patience) throw new Error(reason)
    await sleep(START_PAUSE_MILLISECONDS)
  }
}

/** True once it answers, false when it ended before. */
async function becomesReady(postmaster: Postmaster, credentials: Credentials): Promise<boolean> {
  let ended = false
  void postmaster.ended.then(() => {
    ended = true
  })
  const giveUpAt = performance.now() + READY_MILLISECONDS
  while (performance.now() < giveUpAt) {
    if (await answers(urlOf(postmaster, credentials, ADMINISTRATOR, 'postgres'))) return true
    if (ended) return false
    await sleep(15)
  }
  throw new Error('PostgreSQL does not answer')
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '28P01') {
      throw new Error('the password in credentials.json does not fit this cluster')
    }
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function failureText(layout: Layout): Promise<string> {
  const text = await readFile(layout.log, 'utf8').catch(() => '')
  return `PostgreSQL did not start; its log ends with:\n${text.trim().split('\n').slice(-8).join('\n')}`
}

async function createDatabases(
  connectionString: string,
  { databases }: EmbeddedPostgresOptions,
  credentials: Credentials,
): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    for (const name of databases) {
      const quoted = client.escapeIdentifier(name)
      const password = client.escapeLiteral(credentials[name] ?? '')
      const role = await client.query('select from pg_roles where rolname = $1', [name])
      if (role.rowCount === 0)
        await client.query(`create role ${quoted} login password ${password}`)
      const found = await client.query('select from pg_database where datname = $1', [name])
      if (found.rowCount === 0) await client.query(`create database ${quoted} owner ${quoted}`)
      await client.query(`revoke all on database ${quoted} from public`)
    }
  } finally {
    await client.end()
  }
}

function urlOf(
  { socketFolder }: Pick<Postmaster, 'socketFolder'>,
  credentials: Credentials,
  role: string,
  database: string,
): string {
  const password = encodeURIComponent(credentials[role] ?? '')
  return `postgres://${role}:${password}@${encodeURIComponent(socketFolder)}/${database}`
}
