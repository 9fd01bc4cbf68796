// The promise about the hand-over: a case is asked again in the moment its letter leaves, also after a crash in between.
import assert from 'node:assert/strict'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sha256Hex } from '@einmal-pin/vault/digest'
import { endCase } from '../cases/end-case.ts'
import { reissue } from '../cases/order-letter.ts'
import { pushCommands } from '../courier/push-commands.ts'
import { openTasksOf } from '../testing/case-rows.ts'
import { introducePrintCentre } from '../testing/print-centre.ts'
import { openedCase } from '../testing/published-case.ts'
import { standInPortal } from '../testing/stand-in-portal.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'
import { controlRun } from './control-run.ts'
import { forgetLetters } from './forget-letters.ts'
import { handOverLetters } from './hand-over.ts'
import { makeOrderedLetters } from './make-letters.ts'
import { readPrintRun } from './print-runs.ts'
import { settleRuns } from './settle-runs.ts'
import { startRun } from './start-run.ts'

let at: TestOffice
const never = new AbortController().signal
before(async () => {
  at = await openTestOffice()
  await introducePrintCentre(at.dataDir)
  await mkdir(join(at.dataDir, 'outbox'))
})
after(() => at[Symbol.asyncDispose]())

const handOver = async (office = at.office) => {
  await settleRuns(at.office)
  await handOverLetters(office, never)
}

/** Letters made, accepted by the portal, and not handed over. */
async function publishLetters(): Promise<void> {
  const { office } = at
  await office.database.transaction((transaction) => startRun(transaction, office.clock, 'test'))
  await makeOrderedLetters(office, never)
  await pushCommands(office, standInPortal(office.secrets.receiptKey), never)
}

/** What lies in the outbox: the letters of each bundle. */
async function outbox(): Promise<readonly (readonly string[])[]> {
  const folder = join(at.dataDir, 'outbox')
  const names = async (bundle: string) =>
    (await readdir(join(folder, bundle))).filter((name) => name.endsWith('.age')).sort()
  return Promise.all((await readdir(folder)).map(names))
}

async function sealedLetters(caseIds: readonly string[]): Promise<number> {
  const rows = await at.office.database.kysely
    .selectFrom('sealed_letters')
    .select('letter_id')
    .where(
      'letter_id',
      'in',
      caseIds.map((id) => `${id}-1`),
    )
    .execute()
  return rows.length
}

test('a bundle whose writing was broken off lets no letter leave whose case ended meanwhile', async () => {
  const cases = await Promise.all(Array.from({ length: 4 }, () => openedCase(at.office)))
  const [good, revoked, answered, replaced] = cases.map(({ caseId }) => caseId)
  assert.ok(good && revoked && answered && replaced)
  await publishLetters()
  const before = (await outbox()).length
  // The print centre cannot be reached: the bundle is fixed in the database and not written.
  const outboxFolder = join(at.dataDir, 'outbox')
  await rename(outboxFolder, `${outboxFolder}.away`)
  await writeFile(outboxFolder, 'no folder')
  await handOver()
  const waiting = { kind: 'printWaits', code: 'outbox.unwritable' }
  assert.deepEqual(await openTasksOf(at.office, null), [waiting])
  await rm(outboxFolder)
  await rename(`${outboxFolder}.away`, outboxFolder)
  await endCase(at.office, revoked, 'death', 'test')
  await endCase(at.office, answered, 'answeredOnPaper', 'test')
  await reissue(at.office, replaced, 'stolen', 'test')
  await handOver()
  assert.deepEqual(await openTasksOf(at.office, null), [])
  const bundles = (await outbox()).toSorted((a, b) => a.length - b.length)
  assert.equal(bundles.length, before + 1)
  assert.deepEqual(
    cases.map(({ caseId }) => bundles.flat().includes(`${caseId}-1.age`)),
    [true, false, false, false],
  )
  assert.equal(await sealedLetters([revoked, answered, replaced]), 0)
  const orders = await at.office.database.kysely
    .selectFrom('letter_orders')
    .select(['case_id', 'state'])
    .where('case_id', 'in', [good, revoked, answered, replaced])
    .where('round', '=', 1)
    .execute()
  const states = new Map(orders.map(({ case_id, state }) => [case_id, state]))
  assert.deepEqual(
    [good, revoked, answered, replaced].map((caseId) => states.get(caseId)),
    ['handedOver', 'withdrawn', 'withdrawn', 'withdrawn'],
  )
})

test('every case is asked again in the moment its letter leaves', async () => {
  const { caseId } = await openedCase(at.office)
  await publishLetters()
  // The bundle is fixed, its files are written; the third transaction shows it to the print centre.
  let transactions = 0
  const { database } = at.office
  const transaction: typeof database.transaction = async (work, options) => {
    transactions += 1
    if (transactions === 3) await endCase(at.office, caseId, 'death', 'test')
    return database.transaction(work, options)
  }
  await handOver({ ...at.office, database: { ...database, transaction } })
  assert.ok(transactions > 3)
  assert.ok(!(await outbox()).flat().includes(`${caseId}-1.age`))
  assert.equal(await sealedLetters([caseId]), 0)
})

test('a letter that is thrown away while its bundle is put together stays out of it', async () => {
  const cases = [await openedCase(at.office), await openedCase(at.office)]
  const [moved, stays] = cases.map(({ caseId }) => caseId)
  assert.ok(moved && stays)
  await publishLetters()
  await settleRuns(at.office)
  let handing: Promise<void> | undefined
  await at.office.database.transaction(async (transaction) => {
    await transaction
      .updateTable('letter_orders')
      .set({ state: 'withdrawn' })
      .where('case_id', '=', moved)
      .execute()
    await forgetLetters(transaction, [`${moved}-1`])
    // Reads the order as it was and waits for its row.
    handing = handOverLetters(at.office, never)
    await sleep(500)
  })
  await handing
  const left = (await outbox()).flat()
  assert.deepEqual(
    [left.includes(`${moved}-1.age`), left.includes(`${stays}-1.age`)],
    [false, true],
  )
})

test('a letter changed behind the check stops its run, and nothing else', async () => {
  const { database } = at.office
  const { caseId } = await openedCase(at.office)
  await publishLetters()
  const [{ run_id: runId } = { run_id: null }] = await database.kysely
    .selectFrom('letter_orders')
    .select('run_id')
    .where('case_id', '=', caseId)
    .execute()
  assert.ok(runId !== null)
  const letterId = `${caseId}-1`
  const sealed = Buffer.from('another letter')
  const changes = { sealed, sha256: await sha256Hex(sealed) }
  await database.kysely
    .updateTable('sealed_letters')
    .set(changes)
    .where('letter_id', '=', letterId)
    .execute()
  await handOver()
  const run = await readPrintRun(database.kysely, runId)
  assert.deepEqual([run.state, run.code, run.handedOver], ['stopped', 'letter.changed', 0])
  assert.ok(!(await outbox()).flat().includes(`${letterId}.age`))
  const { caseId: other } = await openedCase(at.office)
  await publishLetters()
  await handOver()
  assert.ok((await outbox()).flat().includes(`${other}-1.age`))
  // Cancelled, it is thrown away and ordered anew.
  await controlRun(at.office, runId, 'cancel', 'test')
  await publishLetters()
  await handOver()
  assert.ok((await outbox()).flat().includes(`${caseId}-2.age`))
})
