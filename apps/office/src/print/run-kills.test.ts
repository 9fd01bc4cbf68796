// The promise about crashes: however often the office is killed in a run, every case gets one letter with one live PIN, and the balance adds up.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BundleManifest } from '@einmal-pin/wire/print-hand-over'
import { introducePrintCentre } from '../testing/print-centre.ts'
import { openedCase } from '../testing/published-case.ts'
import { openTestOffice } from '../testing/test-office.ts'
import { readPrintRun } from './print-runs.ts'
import { startRun } from './start-run.ts'

const MAKER = join(import.meta.dirname, '../testing/run-maker.ts')
const LETTERS = 12
const KILLS = 4
const seed = Number(process.env['EP_SEED'] ?? Math.floor(Math.random() * 1e9))

/** mulberry32: the same pauses for the same seed. */
function pauses(from: number): () => number {
  let state = from
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

test(`a run that is killed ${KILLS} times (EP_SEED=${seed})`, async () => {
  await using at = await openTestOffice()
  await introducePrintCentre(at.dataDir)
  const caseIds: string[] = []
  for (let index = 0; index < LETTERS; index += 1) {
    caseIds.push((await openedCase(at.office)).caseId)
  }
  const runId = await at.office.database.transaction((transaction) =>
    startRun(transaction, at.office.clock, 'test'),
  )
  const balance = async () => {
    const run = await readPrintRun(at.office.database.kysely, runId)
    assert.equal(run.ordered, run.open + run.handedOver + run.withdrawn + run.refusals)
    return run
  }
  const next = pauses(seed)
  const work = () =>
    spawn(process.execPath, [MAKER, at.dataDir, at.databaseUrl], { stdio: 'ignore' })
  for (let kill = 0; kill < KILLS; kill += 1) {
    const maker = work()
    const gone = once(maker, 'exit')
    await sleep(800 + next() * 2_200)
    maker.kill('SIGKILL')
    await gone
    await balance()
  }
  const [code] = await once(work(), 'exit')
  assert.equal(code, 0)
  const run = await balance()
  assert.deepEqual(
    [run.state, run.ordered, run.handedOver, run.open, run.refusals],
    ['done', LETTERS, LETTERS, 0, 0],
  )
  const outbox = join(at.dataDir, 'outbox')
  const bundles = (await readdir(outbox)).filter((name) => !name.startsWith('.'))
  const listed = await Promise.all(
    bundles.map(async (bundle) => {
      const text = await readFile(join(outbox, bundle, 'manifest.json'), 'utf8')
      return (JSON.parse(text) as BundleManifest).letters
    }),
  )
  const left = listed.flat()
  assert.deepEqual(left.map(({ caseId }) => caseId).sort(), [...caseIds].sort())
  assert.deepEqual(
    left.map(({ seq }) => seq).sort((a, b) => a - b),
    Array.from({ length: LETTERS }, (_, index) => index + 1),
  )
  const live = await at.office.database.kysely
    .selectFrom('rounds')
    .select(['case_id', 'letter_id'])
    .where('pin_state', '=', 'live')
    .execute()
  assert.deepEqual(
    live.map(({ letter_id }) => letter_id).sort(),
    left.map(({ letterId }) => letterId).sort(),
  )
})
