// Repeating jobs: each runs on one node at a time, never overlaps itself, and stops cleanly.
import type { FastifyBaseLogger } from 'fastify'
import type pg from 'pg'
import { isConnectionLoss } from './database-errors.ts'
import { describeError } from './describe-error.ts'

export type Job = {
  /** Stands in the log and is the name of the lock; unique within a database. */
  readonly name: string
  readonly everyMilliseconds: number
  /** Idempotent: after a crash it runs again. Looks at `signal` between steps that take long. */
  readonly run: (signal: AbortSignal) => Promise<void>
}

export type JobRunner = {
  /** Runs a job now, as soon as it is not running; for tests and for what should not wait. Rejects with the job's error. */
  readonly runNow: (name: string) => Promise<void>
  readonly stop: () => Promise<void>
}

export type JobOptions = {
  readonly pool: pg.Pool
  readonly log: Pick<FastifyBaseLogger, 'error' | 'warn'>
  readonly jobs: readonly Job[]
}

/** First run after one interval; every further one an interval after the end of the last. */
export function startJobs({ pool, log, jobs }: JobOptions): JobRunner {
  const stopping = new AbortController()
  const running = new Map<string, Promise<unknown>>()
  const timers = new Set<NodeJS.Timeout>()

  const once = (job: Job): Promise<void> => {
    const before = running.get(job.name) ?? Promise.resolve()
    const run = before.then(() => withJobLock(pool, job.name, () => job.run(stopping.signal)))
    running.set(
      job.name,
      run.catch(() => {}),
    )
    return run
  }
  const schedule = (job: Job): void => {
    if (stopping.signal.aborted) return
    const timer = setTimeout(async () => {
      timers.delete(timer)
      await once(job).catch((error: unknown) => reportFailure(log, job.name, error))
      schedule(job)
    }, job.everyMilliseconds)
    timers.add(timer)
  }
  for (const job of jobs) schedule(job)
  return {
    runNow: async (name) => {
      const job = jobs.find((candidate) => candidate.name === name)
      if (job === undefined) throw new RangeError(`no job ${name}`)
      await once(job)
    },
    stop: async () => {
      stopping.abort()
      for (const timer of timers) clearTimeout(timer)
      await Promise.all(running.values())
    },
  }
}

/** A session lock: it ends with the connection, so a killed node never blocks the others. Does nothing when another node has it. */
async function withJobLock(pool: pg.Pool, name: string, work: () => Promise<void>): Promise<void> {
  const client = await pool.connect()
  let broken = false
  try {
    const lock = `pg_try_advisory_lock(hashtextextended('job:' || $1, 0)) as taken`
    const { rows } = await client.query<{ taken: boolean }>(`select ${lock}`, [name])
    if (rows[0]?.taken !== true) return
    try {
      await work()
    } finally {
      await client
        .query(`select pg_advisory_unlock(hashtextextended('job:' || $1, 0))`, [name])
        .catch(() => {
          broken = true
        })
    }
  } finally {
    client.release(broken)
  }
}

function reportFailure(log: JobOptions['log'], job: string, error: unknown): void {
  const failure = describeError(error)
  if (isConnectionLoss(error)) log.warn({ job, failure }, 'job.postponed')
  else log.error({ job, failure }, 'job.failed')
}
