// How a step of the courier ends, and how one item of it fails without holding up the others.
import { ServiceUnavailable } from '@einmal-pin/platform/database-errors'
import { describeError } from '@einmal-pin/platform/describe-error'
import type { Office } from '../office.ts'

/**
 * `unreachable` ends the round: nothing can be had from the portal now. `failed`: something was told in the log (and as a task, where
 * a case is concerned) and is tried again in the next round; everything else went on.
 */
export type StepResult = 'done' | 'failed' | 'unreachable'

const RANK = { done: 0, failed: 1, unreachable: 2 } as const satisfies Record<StepResult, number>

export const worseOf = (one: StepResult, other: StepResult): StepResult =>
  RANK[one] >= RANK[other] ? one : other

/**
 * Undefined after a fault of this one item, which stands in the log as `what`. Throws when the database itself is away: then nobody's
 * item is at fault.
 */
export async function attempt<T>(
  { database, log }: Pick<Office, 'database' | 'log'>,
  what: string,
  subject: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ServiceUnavailable) throw error
    await database.ping()
    log.error({ subject, failure: describeError(error) }, what)
    return undefined
  }
}
