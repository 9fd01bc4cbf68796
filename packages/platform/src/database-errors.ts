// Tells the failures of PostgreSQL apart: collisions that are worth another try, a server that is away, and real mistakes.

/** The server cannot be reached or went away; becomes 503 `service.unavailable`, never a 500. */
export class ServiceUnavailable extends Error {
  override readonly name = 'ServiceUnavailable'
  constructor(cause?: unknown) {
    super('the database is not reachable', { cause })
  }
}

/** SQLSTATE of a PostgreSQL error or the code of a socket error. */
export function errorCodeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** serialization_failure, deadlock_detected (PostgreSQL, appendix A). */
const CONFLICTS = new Set(['40001', '40P01'])

export const isConflict = (error: unknown): boolean => CONFLICTS.has(errorCodeOf(error) ?? '')

/** unique_violation, to turn a lost race into an answer; `constraint` narrows it to one index. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  if (errorCodeOf(error) !== '23505') return false
  if (constraint === undefined) return true
  return (
    typeof error === 'object' &&
    error !== null &&
    'constraint' in error &&
    error.constraint === constraint
  )
}

/** admin_shutdown, crash_shutdown, cannot_connect_now, too_many_connections, query_canceled, lock_not_available; sockets. */
const AWAY = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '57014',
  '55P03',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EAGAIN',
])

/** pg has no code for a connection that ends in mid-query or a pool that waits in vain. */
const AWAY_TEXTS =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout exceeded|timeout expired|Query read timeout)/

export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof ServiceUnavailable) return true
  const code = errorCodeOf(error)
  // Class 08: connection exceptions.
  if (code !== undefined) return AWAY.has(code) || code.startsWith('08')
  return error instanceof Error && AWAY_TEXTS.test(error.message)
}
