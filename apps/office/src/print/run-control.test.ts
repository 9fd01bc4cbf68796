// The promises about a run as a whole: it waits for its release, can be paused and cancelled, and its balance always adds up.
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { kvnrCheckDigit } from '@einmal-pin/domain/kvnr'
import { sha256Hex } from '@einmal-pin/vault/digest'
import type { BundleManifest } from '@einmal-pin/wire/print-hand-over'
import { endCase } from '../cases/end-case.ts'
import { reissue } from '../cases/order-letter.ts'
import { pushCommands } from '../courier/push-commands.ts'
import { introducePrintCentre } from '../testing/print-centre.ts'
import { openedCase, publishedCase } from '../testing/published-case.ts'
import { type StandInPortal, standInPortal } from '../testing/stand-in-portal.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'
import { controlRun, stopRun } from './control-run.ts'
import { handOverLetters } from './hand-over.ts'
import { makeOrderedLetters } from './make-letters.ts'
import { readPrintRun } from './print-runs.ts'
import { settleRuns } from './settle-runs.ts'
import { startRun } from './start-run.ts'

let at: TestOffice
let portal: StandInPortal
const never = new AbortController().signal

before(async () => {
  at = await openTestOffice()
  portal = standInPortal(at.office.secrets.receiptKey)
  await introducePrintCentre(at.dataDir)
})
after(() => at[Symbol.asyncDispose]())

const start = (release: boolean) =>
  at.office.database.transaction((transaction) =>
    startRun(transaction, at.office.clock, 'test', { release }),
  )
const make = () => makeOrderedLetters(at.office, never)
const post = async () => {
  await pushCommands(at.office, portal, never)
  await settleRuns(at.office)
  await handOverLetters(at.office, never)
  await settleRuns(at.office)
}
/** The run, after its balance was added up. */
async function runOf(runId: string) {
  const run = await readPrintRun(at.office.database.kysely, runId)
  assert.equal(run.ordered, run.open + run.handedOver + run.withdrawn + run.refusals, runId)
  return run
}
const opened = (count: number) =>
  Promise.all(Array.from({ length: count }, () => openedCase(at.office, { kvnr: another() })))

let people = 0
/** A person has a hundred selectors at most: these tests need more letters than that. */
function another(): string {
  people += 1
  const head = `Z${String(people).padStart(8, '0')}`
  return head + kvnrCheckDigit(head)
}

/** Every list in the outbox that names one of these cases. */
async function manifestsOf(caseIds: readonly string[]): Promise<readonly BundleManifest[]> {
  const folder = join(at.dataDir, 'outbox')
  const read = async (bundle: string) =>
    JSON.parse(await readFile(join(folder, bundle, 'manifest.json'), 'utf8')) as BundleManifest
  const names = await readdir(folder).catch(() => [])
  const all = await Promise.all(names.filter((name) => !name.startsWith('.')).map(read))
  return all.filter(({ letters }) => letters.some(({ caseId }) => caseIds.includes(caseId)))
}

test('a run that is not released keeps its letters in the house', async () => {
  const cases = await opened(2)
  const caseIds = cases.map(({ caseId }) => caseId)
  const runId = await start(false)
  await assert.rejects(controlRun(at.office, runId, 'release', 'test'), { code: 'run.transition' })
  await make()
  await post()
  const waiting = await runOf(runId)
  assert.deepEqual([waiting.state, waiting.published, waiting.handedOver], ['checked', 2, 0])
  assert.deepEqual(waiting.controls, ['release', 'cancel'])
  assert.deepEqual(await manifestsOf(caseIds), [])
  await controlRun(at.office, runId, 'release', 'test')
  await post()
  assert.deepEqual([(await runOf(runId)).state, (await runOf(runId)).handedOver], ['done', 2])
})

test('bundles are sorted by postcode, numbered without a gap, and listed for the franking', async () => {
  const postcodes = ['99084', '01099', '1010', '04109']
  const cases = await Promise.all(
    postcodes.map((postcode) =>
      openedCase(at.office, { postcode, country: postcode.length === 4 ? 'AT' : 'DE' }),
    ),
  )
  await start(true)
  await make()
  await endCase(at.office, cases[3]?.caseId ?? '', 'death', 'test')
  await post()
  const [manifest] = await manifestsOf(cases.map(({ caseId }) => caseId))
  assert.ok(manifest)
  assert.deepEqual(
    manifest.letters.map(({ seq, postcode, country }) => [seq, postcode, country]),
    [
      [1, '01099', 'DE'],
      [2, '99084', 'DE'],
      [3, '1010', 'AT'],
    ],
  )
  const csv = await readFile(join(at.dataDir, 'outbox', manifest.bundleId, 'manifest.csv'))
  assert.equal(await sha256Hex(csv), manifest.csvSha256)
  const [head, first] = csv.toString('utf8').split('\r\n')
  assert.equal(head, 'batchId,seq,letterId,sheets,duplex,envelope,postcode,country,product')
  assert.equal(first, `${manifest.bundleId},1,${cases[1]?.caseId}-1,1,true,DL,"01099",DE,standard`)
})

test('a paused run begins no letter, and goes on where it was', async () => {
  const cases = await opened(2)
  const runId = await start(true)
  await controlRun(at.office, runId, 'pause', 'test')
  assert.equal(await make(), 0)
  assert.equal((await runOf(runId)).state, 'paused')
  await controlRun(at.office, runId, 'resume', 'test')
  assert.equal(await make(), cases.length)
  await post()
  assert.equal((await runOf(runId)).state, 'done')
})

test('a pause holds while letters are made: none is begun after the ones that are looked at', async () => {
  await opened(60)
  const runId = await start(true)
  const making = make()
  for (;;) {
    if ((await runOf(runId)).made > 0) break
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await controlRun(at.office, runId, 'pause', 'test')
  await making
  const paused = await runOf(runId)
  assert.ok(paused.made < 60, `${paused.made} were made`)
  await controlRun(at.office, runId, 'cancel', 'test')
  const { state, withdrawn } = await runOf(runId)
  assert.deepEqual([state, withdrawn], ['cancelled', 60])
  // Not for the tests that follow.
  await at.office.database.kysely
    .deleteFrom('letter_orders')
    .where('state', '=', 'waiting')
    .execute()
})

test('a cancelled run throws its letters away, and every case gets exactly one letter by the next', async () => {
  const cases = await opened(3)
  const lost = await publishedCase(at.office)
  await reissue(at.office, lost.caseId, 'lost', 'test')
  const caseIds = [...cases.map(({ caseId }) => caseId), lost.caseId]
  const runId = await start(false)
  await make()
  await pushCommands(at.office, portal, never)
  await settleRuns(at.office)
  await controlRun(at.office, runId, 'cancel', 'test')
  assert.equal((await runOf(runId)).withdrawn, (await runOf(runId)).ordered)
  const sealed = await at.office.database.kysely
    .selectFrom('sealed_letters')
    .select('letter_id')
    .where(
      'letter_id',
      'in',
      cases.map(({ caseId }) => `${caseId}-1`),
    )
    .execute()
  assert.deepEqual(sealed, [])
  const again = await start(true)
  await make()
  await post()
  const left = (await manifestsOf(caseIds)).flatMap(({ letters }) => letters)
  for (const { caseId } of cases) {
    assert.deepEqual(
      left.filter((letter) => letter.caseId === caseId).map(({ round }) => round),
      [2],
    )
    const live = await at.office.database.kysely
      .selectFrom('rounds')
      .select('round')
      .where('case_id', '=', caseId)
      .where('pin_state', '=', 'live')
      .execute()
    assert.deepEqual(live, [{ round: 2 }])
  }
  assert.equal((await runOf(again)).state, 'done')
})

test('a stopped run lets nothing leave, opens a task, and can only be cancelled', async () => {
  const cases = await opened(2)
  const runId = await start(true)
  await make()
  await at.office.database.transaction((transaction) =>
    stopRun(transaction, at.office, runId, 'letter.mismatch'),
  )
  await post()
  const stopped = await runOf(runId)
  assert.deepEqual([stopped.state, stopped.handedOver], ['stopped', 0])
  assert.equal(stopped.code, 'letter.mismatch')
  assert.deepEqual(stopped.controls, ['cancel'])
  assert.deepEqual(await manifestsOf(cases.map(({ caseId }) => caseId)), [])
  const tasks = await at.office.database.kysely
    .selectFrom('tasks')
    .select('code')
    .where('kind', '=', 'runStopped')
    .execute()
  assert.deepEqual(tasks, [{ code: `letter.mismatch ${runId}` }])
  await controlRun(at.office, runId, 'cancel', 'test')
  assert.equal((await runOf(runId)).withdrawn, 2)
})

test('cancelling in the moment a bundle leaves: it left whole, or not at all', async () => {
  const cases = await opened(2)
  const caseIds = cases.map(({ caseId }) => caseId)
  const runId = await start(true)
  await make()
  await pushCommands(at.office, portal, never)
  await settleRuns(at.office)
  const [, cancelled] = await Promise.allSettled([
    handOverLetters(at.office, never),
    controlRun(at.office, runId, 'cancel', 'test'),
  ])
  await post()
  const { ordered, handedOver, withdrawn } = await runOf(runId)
  const left = (await manifestsOf(caseIds)).flatMap(({ letters }) => letters)
  assert.equal(left.length, handedOver)
  if (cancelled.status === 'fulfilled') assert.equal(handedOver + withdrawn, ordered)
})

test('a run of more letters than a child makes loses none when its children change', async () => {
  await opened(60)
  const runId = await start(true)
  await make()
  await post()
  const { state, ordered, handedOver, refusals } = await runOf(runId)
  assert.deepEqual([state, handedOver, refusals], ['done', ordered, 0])
})

test('the office says over HTTP what can be done with a run, and refuses the rest', async () => {
  await opened(1)
  const ask = (method: 'GET' | 'POST', url: string, payload?: object) =>
    at.app.inject({ method, url, headers: at.asCore, ...(payload && { payload }) })
  const waiting = (await ask('GET', '/api/v1/letters/runs')).json().waiting
  assert.ok(waiting >= 1)
  const run = (await ask('POST', '/api/v1/letters/runs', {})).json()
  assert.deepEqual([run.state, run.autoRelease, run.ordered], ['making', false, waiting])
  const of = (control: string) => ask('POST', `/api/v1/letters/runs/${run.runId}/${control}`)
  assert.equal((await of('pause')).json().state, 'paused')
  const refused = await of('release')
  assert.deepEqual([refused.statusCode, refused.json().code], [409, 'run.transition'])
  assert.equal((await of('explode')).statusCode, 400)
  assert.equal((await of('cancel')).json().state, 'cancelled')
  const listed = (await ask('GET', '/api/v1/letters/runs')).json()
  assert.equal(listed.runs[0].runId, run.runId)
  assert.equal(listed.waiting, waiting)
})
