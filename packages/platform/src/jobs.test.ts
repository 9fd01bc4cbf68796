// Repeating jobs: one at a time over all nodes, again after a failure, quiet after the stop.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from './database.ts'
import { type Job, startJobs } from './jobs.ts'
import { type OpenTestDatabase, openTestDatabase } from './testing.ts'

let opened: OpenTestDatabase<unknown>
before(async () => {
  opened = await openTestDatabase()
})
after(() => opened.close())

const silent = { error: () => {}, warn: () => {} }
const start = (jobs: readonly Job[], log: Parameters<typeof startJobs>[0]['log'] = silent) =>
  startJobs({ pool: opened.database.pool, log, jobs })

test('a job repeats, and after the stop it does not', async () => {
  let runs = 0
  const run = async () => {
    runs += 1
  }
  const jobs = start([{ name: 'repeat', everyMilliseconds: 5, run }])
  while (runs < 3) await sleep(5)
  await jobs.stop()
  const stoppedAt = runs
  await sleep(40)
  assert.equal(runs, stoppedAt)
})

test('two nodes never run the same job at the same time, but different ones', async () => {
  const other = openDatabase({ connectionString: opened.url, name: 'other node' })
  let inside = 0
  let most = 0
  let runs = 0
  const run = async () => {
    inside += 1
    most = Math.max(most, inside)
    await sleep(15)
    inside -= 1
    runs += 1
  }
  const jobs = [{ name: 'exclusive', everyMilliseconds: 1, run }]
  const nodes = [start(jobs), startJobs({ pool: other.pool, log: silent, jobs })]
  while (runs < 6) await sleep(5)
  await Promise.all(nodes.map((node) => node.stop()))
  await other.close()
  assert.equal(most, 1)
})

test('a job that fails is logged without the words of its error and runs again', async () => {
  const lines: string[] = []
  const error = (...parts: readonly unknown[]) => void lines.push(JSON.stringify(parts))
  let runs = 0
  const run = async () => {
    runs += 1
    throw new TypeError('A123456780 has no address')
  }
  const jobs = start([{ name: 'failing', everyMilliseconds: 5, run }], { ...silent, error })
  while (runs < 2) await sleep(5)
  await jobs.stop()
  assert.match(lines[0] ?? '', /"job":"failing".*TypeError.*job\.failed/)
  assert.ok(!lines.join('').includes('A123456780'))
})

test('run now waits for the work and hands on its error', async () => {
  let done = false
  const work: Job = {
    name: 'work',
    everyMilliseconds: 60_000,
    run: async () => {
      await sleep(10)
      done = true
    },
  }
  const fail: Job = {
    name: 'fail',
    everyMilliseconds: 60_000,
    run: async () => {
      throw new Error('no')
    },
  }
  const jobs = start([work, fail])
  await jobs.runNow('work')
  assert.ok(done)
  await assert.rejects(jobs.runNow('fail'), /^Error: no$/)
  await assert.rejects(jobs.runNow('unknown'), RangeError)
  await jobs.stop()
})

test('a stop waits for a running job, which is told', async () => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  let told = false
  const run = async (signal: AbortSignal) => {
    begin()
    while (!signal.aborted) await sleep(2)
    told = true
  }
  const jobs = start([{ name: 'long', everyMilliseconds: 1, run }])
  await begun
  await jobs.stop()
  assert.ok(told)
})
