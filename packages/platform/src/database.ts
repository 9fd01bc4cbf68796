// The connection to PostgreSQL: a pool, Kysely on top of it, and transactions that survive conflicts and a killed server.
import { setTimeout as sleep } from 'node:timers/promises'
import { type IsolationLevel, Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { isConflict, isConnectionLoss, ServiceUnavailable } from './database-errors.ts'

/** Read-only or changing access alike: what a store function takes as its first argument. */
export type Queryable<S> = Kysely<S> | Transaction<S>

export type TransactionOptions = {
  readonly isolation?: IsolationLevel
  /** How often the work may run in all when transactions collide; 5 unless told. */
  readonly attempts?: number
}

export type Database<S> = {
  readonly kysely: Kysely<S>
  /** For what Kysely cannot say: advisory locks held by one connection, COPY, dumps in tests. */
  readonly pool: pg.Pool
  /**
   * Runs `work` in one transaction; again from the start after a serialization failure or a deadlock, so `work` must have no
   * effect outside the database. Throws ServiceUnavailable when the server cannot be reached or went away before the answer.
   */
  readonly transaction: <T>(
    work: (transaction: Transaction<S>) => Promise<T>,
    options?: TransactionOptions,
  ) => Promise<T>
  /** Throws ServiceUnavailable when the server does not answer. */
  readonly ping: () => Promise<void>
  readonly close: () => Promise<void>
}

export type DatabaseOptions = {
  readonly connectionString: string
  /** Shown in pg_stat_activity. */
  readonly name: string
  readonly maxConnections?: number
}

/** A new server process is given this long to come back before a transaction gives up. */
const RECONNECT_MILLISECONDS = 3_000
const CONNECT_TIMEOUT_MILLISECONDS = 5_000
/** No request of this system needs longer; a stuck statement must not hold a row for ever. */
const STATEMENT_TIMEOUT_MILLISECONDS = 20_000

export function openDatabase<S>(options: DatabaseOptions): Database<S> {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    application_name: options.name,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MILLISECONDS,
    statement_timeout: STATEMENT_TIMEOUT_MILLISECONDS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MILLISECONDS,
    types: { getTypeParser },
  })
  // An idle connection that breaks is only removed from the pool; without a listener the process would end.
  pool.on('error', () => {})
  // A connection that breaks while it is lent out tells its query; the event of its own must not end the process either.
  pool.on('connect', (client) => client.on('error', () => {}))
  const kysely = new Kysely<S>({ dialect: new PostgresDialect({ pool }) })
  return {
    kysely,
    pool,
    transaction: (work, given) => runTransaction(kysely, work, given ?? {}),
    ping: () => ping(pool),
    close: () => kysely.destroy(),
  }
}

async function ping(pool: pg.Pool): Promise<void> {
  try {
    await pool.query('select 1')
  } catch (error) {
    throw new ServiceUnavailable(error)
  }
}

async function runTransaction<S, T>(
  kysely: Kysely<S>,
  work: (transaction: Transaction<S>) => Promise<T>,
  { isolation = 'read committed', attempts = 5 }: TransactionOptions,
): Promise<T> {
  const giveUpAt = performance.now() + RECONNECT_MILLISECONDS
  for (let attempt = 1; ; attempt += 1) {
    let begun = false
    try {
      return await kysely
        .transaction()
        .setIsolationLevel(isolation)
        .execute((transaction) => {
          begun = true
          return work(transaction)
        })
    } catch (error) {
      const lost = isConnectionLoss(error)
      // Once work has begun, a lost connection leaves the outcome unknown: the caller repeats its idempotent request.
      if (lost && (begun || performance.now() > giveUpAt)) throw new ServiceUnavailable(error)
      if (!lost && !(isConflict(error) && attempt < attempts)) throw error
      await sleep(lost ? 50 : attempt * 5)
    }
  }
}

const { builtins } = pg.types
const PARSERS = new Map<number, (text: string) => unknown>([
  [builtins.INT8, parseInt8],
  // A calendar date has no time zone: it stays 'YYYY-MM-DD' instead of becoming an instant in the server's zone.
  [builtins.DATE, (text) => text],
])

const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  PARSERS.get(oid) ??
  (format === undefined ? pg.types.getTypeParser(oid) : pg.types.getTypeParser(oid, 'text'))

function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('int8 beyond 2^53')
  return value
}
