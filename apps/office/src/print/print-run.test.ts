// The promises about print runs: only accepted letters leave, each once, and a crash at any moment loses or doubles none.
import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { endCase } from '../cases/end-case.ts'
import { reissue } from '../cases/order-letter.ts'
import { pushCommands } from '../courier/push-commands.ts'
import { openTasksOf } from '../testing/case-rows.ts'
import { failingWrites } from '../testing/failing-writes.ts'
import { introducePrintCentre } from '../testing/print-centre.ts'
import { openedCase, publishedCase } from '../testing/published-case.ts'
import { type StandInPortal, standInPortal } from '../testing/stand-in-portal.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'
import { handOverLetters } from './hand-over.ts'
import { makeOrderedLetters } from './make-letters.ts'
import { readPrintRun } from './print-runs.ts'
import { settleRuns } from './settle-runs.ts'
import { startRun } from './start-run.ts'
import { takePrintReports } from './take-reports.ts'

let at: TestOffice
let portal: StandInPortal
const never = new AbortController().signal
before(async () => {
  at = await openTestOffice()
  portal = standInPortal(at.office.secrets.receiptKey)
})
after(() => at[Symbol.asyncDispose]())

const openTasks = (caseId: string) => openTasksOf(at.office, caseId)
const start = () =>
  at.office.database.transaction((transaction) => startRun(transaction, at.office.clock, 'test'))
const runOf = (runId: string) => readPrintRun(at.office.database.kysely, runId)
const make = (signal = never) => makeOrderedLetters(at.office, signal)
const publish = () => pushCommands(at.office, portal, never)
const handOver = async () => {
  await settleRuns(at.office)
  await handOverLetters(at.office, never)
}
const count = async (
  table: 'rounds' | 'sealed_letters' | 'selectors',
  caseIds: readonly string[],
) =>
  table === 'sealed_letters'
    ? (
        await at.office.database.kysely
          .selectFrom('sealed_letters')
          .select('letter_id')
          .where(
            'letter_id',
            'in',
            caseIds.map((id) => `${id}-1`),
          )
          .execute()
      ).length
    : (
        await at.office.database.kysely
          .selectFrom(table)
          .select('case_id')
          .where('case_id', 'in', caseIds)
          .execute()
      ).length

/** What lies in the outbox: the letters of each bundle. */
async function outbox(): Promise<readonly (readonly string[])[]> {
  const folder = join(at.dataDir, 'outbox')
  const bundles = await readdir(folder).catch(() => [])
  return Promise.all(
    bundles.map(async (bundle) =>
      (await readdir(join(folder, bundle))).filter((name) => name.endsWith('.age')).sort(),
    ),
  )
}

describe('a print run', () => {
  test('waits while the print centre has no key, and nothing is made', async () => {
    await openedCase(at.office)
    const runId = await start()
    assert.equal(await make(), 0)
    assert.equal((await runOf(runId)).made, 0)
    await introducePrintCentre(at.dataDir)
    assert.equal(await make(), 1)
    await publish()
    await handOver()
    await settleRuns(at.office)
    const { state, ordered, open, made: done, published, handedOver } = await runOf(runId)
    assert.deepEqual([state, ordered, open, done, published, handedOver], ['done', 1, 0, 1, 1, 1])
  })

  test('gives two letters of one person different selectors', async () => {
    const kvnr = 'Z999999997'
    const cases = await Promise.all([
      openedCase(at.office, { kvnr }),
      openedCase(at.office, { kvnr }),
    ])
    await start()
    await make()
    const selectors = await at.office.database.kysely
      .selectFrom('selectors')
      .select('selector')
      .where('kvnr', '=', kvnr)
      .execute()
    assert.equal(new Set(selectors.map(({ selector }) => selector)).size, 2)
    assert.equal(
      await count(
        'rounds',
        cases.map(({ caseId }) => caseId),
      ),
      2,
    )
    await publish()
    await handOver()
  })

  test('that is stopped in the middle goes on where it was, and makes no letter twice', async () => {
    const cases = [
      await openedCase(at.office),
      await openedCase(at.office),
      await openedCase(at.office),
    ]
    const caseIds = cases.map(({ caseId }) => caseId)
    const runId = await start()
    const stop = new AbortController()
    const office = { ...at.office, poke: () => {} }
    setTimeout(() => stop.abort(), 900)
    await makeOrderedLetters(office, stop.signal)
    const halfway = (await runOf(runId)).made
    await make()
    assert.ok(halfway <= 3)
    assert.equal((await runOf(runId)).made, 3)
    for (const table of ['rounds', 'sealed_letters', 'selectors'] as const) {
      assert.equal(await count(table, caseIds), 3, table)
    }
    await publish()
    await handOver()
  })

  test('lets no letter leave whose record the portal refused or whose case was ended', async () => {
    const [refused, revoked, good] = [
      await openedCase(at.office),
      await openedCase(at.office),
      await openedCase(at.office),
    ]
    const runId = await start()
    await make()
    const hostile = {
      ...portal,
      command: async (caseId: string, number: number, body: string) =>
        caseId === refused.caseId
          ? ({ ok: false, code: 'command.notAllowed', status: 409, extra: {} } as const)
          : portal.command(caseId, number, body),
    }
    await pushCommands(at.office, hostile, never)
    await endCase(at.office, revoked.caseId, 'death', 'test')
    await handOver()
    await settleRuns(at.office)
    const left = (await outbox()).flat()
    assert.ok(left.includes(`${good.caseId}-1.age`))
    assert.ok(!left.includes(`${refused.caseId}-1.age`))
    assert.ok(!left.includes(`${revoked.caseId}-1.age`))
    const { ordered, handedOver, withdrawn, refused: codes, state } = await runOf(runId)
    assert.deepEqual([ordered, handedOver, withdrawn, state], [3, 1, 1, 'done'])
    assert.deepEqual(
      codes.map(({ caseId, code }) => [caseId, code]),
      [[refused.caseId, 'command.notAllowed']],
    )
    assert.equal(await count('sealed_letters', [revoked.caseId]), 0)
  })

  test('that dies while a bundle is written hands over the same bundle again', async () => {
    const { caseId } = await openedCase(at.office)
    await start()
    await make()
    await publish()
    await handOver()
    const before = await outbox()
    const db = at.office.database.kysely
    const { bundle_id } = await db
      .selectFrom('letter_orders')
      .select('bundle_id')
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow()
    // The moment after the folder was renamed and before the database knew it.
    await db
      .updateTable('bundles')
      .set({ state: 'writing' })
      .where('bundle_id', '=', bundle_id)
      .execute()
    await db
      .updateTable('letter_orders')
      .set({ state: 'bundled' })
      .where('case_id', '=', caseId)
      .execute()
    await handOver()
    assert.deepEqual(await outbox(), before)
  })

  test('a case that moved on while its letter was made gets another PIN, never a stale package', async () => {
    const { caseId } = await openedCase(at.office)
    await start()
    const making = make()
    await at.office.database.kysely
      .updateTable('cases')
      .set({ last_command: 7 })
      .where('case_id', '=', caseId)
      .execute()
    await making
    const numbers = await at.office.database.kysely
      .selectFrom('commands')
      .select('number')
      .where('case_id', '=', caseId)
      .execute()
    assert.deepEqual(numbers, [{ number: 8 }])
    assert.equal(await count('rounds', [caseId]), 1)
  })

  test('the print centre reports: dates are noted once, bundle and sealed letter are gone', async () => {
    const { caseId } = await openedCase(at.office)
    await start()
    await make()
    await publish()
    await handOver()
    const { bundle_id } = await at.office.database.kysely
      .selectFrom('letter_orders')
      .select('bundle_id')
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow()
    const status = {
      bundleId: bundle_id,
      letters: [
        {
          letterId: `${caseId}-1`,
          outcome: 'posted',
          printedOn: '2026-11-24',
          postedOn: '2026-11-25',
        },
      ],
    }
    const folder = join(at.dataDir, 'print-status')
    for (let time = 0; time < 2; time += 1) {
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, `${bundle_id}.json`), JSON.stringify(status))
      await takePrintReports(at.office)
    }
    const detail = (
      await at.app.inject({ url: `/api/v1/cases/${caseId}`, headers: at.asCore })
    ).json()
    assert.deepEqual(
      [detail.rounds[0].letterState, detail.rounds[0].printedOn, detail.rounds[0].postedOn],
      ['posted', '2026-11-24', '2026-11-25'],
    )
    assert.equal(await count('sealed_letters', [caseId]), 0)
    await assert.rejects(readFile(join(at.dataDir, 'outbox', String(bundle_id), 'manifest.json')))
  })
})

describe('a new PIN', () => {
  test('keeps the secret when the letter was lost, audited; makes a fresh one after a theft', async () => {
    const { caseId } = await publishedCase(at.office)
    await reissue(at.office, caseId, 'lost', 'test')
    await make()
    await publish()
    const bodies = portal.commands_.filter((one) => one.caseId === caseId)
    assert.equal(JSON.parse(bodies.at(-1)?.body ?? '{}').reissue, 'lost')
    const actions = await at.office.database.kysely
      .selectFrom('audit')
      .select('action')
      .where('subject', '=', caseId)
      .execute()
    assert.ok(actions.some(({ action }) => action === 'secret.rewrapped'))
    await handOver()
    await reissue(at.office, caseId, 'stolen', 'test')
    await make()
    await publish()
    const wraps = await at.office.database.kysely
      .selectFrom('rounds')
      .select(['round', 'kek_wrap', 'pin_state'])
      .where('case_id', '=', caseId)
      .orderBy('round')
      .execute()
    assert.deepEqual(
      wraps.map(({ pin_state, kek_wrap }) => [pin_state, kek_wrap !== null]),
      [
        ['superseded', false],
        ['superseded', false],
        ['live', true],
      ],
    )
  })

  test('ends the old PIN before the new letter exists; an online order does not', async () => {
    const { caseId } = await publishedCase(at.office)
    await reissue(at.office, caseId, 'lost', 'test')
    await publish()
    const told = portal.commands_
      .filter((one) => one.caseId === caseId)
      .map(({ body }) => JSON.parse(body))
    assert.deepEqual(told, [{ type: 'settle', round: 1, state: 'superseded' }])
    const online = await publishedCase(at.office)
    await reissue(at.office, online.caseId, 'online', 'portal')
    await publish()
    assert.ok(!portal.commands_.some((one) => one.caseId === online.caseId))
    await make()
    await publish()
    await handOver()
  })

  test('for a case whose secret is lost is refused with a task and holds up nobody else', async () => {
    const { caseId } = await publishedCase(at.office)
    await at.office.database.kysely
      .updateTable('rounds')
      .set({ kek_wrap: null })
      .where('case_id', '=', caseId)
      .execute()
    await reissue(at.office, caseId, 'lost', 'test')
    await openedCase(at.office)
    const runId = await start()
    assert.equal(await make(), 1)
    assert.equal((await runOf(runId)).made, 1)
    const order = await at.office.database.kysely
      .selectFrom('letter_orders')
      .select(['state', 'code'])
      .where('case_id', '=', caseId)
      .where('reissue', '=', 'lost')
      .executeTakeFirst()
    assert.deepEqual(order, { state: 'refused', code: 'letter.failed' })
    assert.deepEqual(await openTasks(caseId), [{ kind: 'letterRefused', code: 'letter.failed' }])
    await publish()
    await handOver()
  })

  test('that cannot be described or stored is refused with a task and holds up nobody else', async () => {
    const [odd, unstored] = [await openedCase(at.office), await openedCase(at.office)]
    const good = await openedCase(at.office)
    const db = at.office.database.kysely
    const form = { form_sha256: 'f'.repeat(64), form_id: 'leer', version: '1', title: 'Leer' }
    await db
      .insertInto('form_versions')
      .values({ ...form, definition: '{}' })
      .execute()
    const { form_sha256 } = form
    await db.updateTable('cases').set({ form_sha256 }).where('case_id', '=', odd.caseId).execute()
    await using _fault = await failingWrites(at.office, 'rounds', unstored.caseId)
    await start()
    assert.equal(await make(), 1)
    assert.equal(await count('rounds', [good.caseId]), 1)
    for (const { caseId } of [odd, unstored]) {
      assert.deepEqual(await openTasks(caseId), [{ kind: 'letterRefused', code: 'letter.failed' }])
    }
    await publish()
    await handOver()
  })

  test('two clerks at once order one letter', async () => {
    const { caseId } = await publishedCase(at.office)
    const both = await Promise.allSettled([
      reissue(at.office, caseId, 'lost', 'a'),
      reissue(at.office, caseId, 'lost', 'b'),
    ])
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  })
})
