// The promises about letters at the print centre and after: spoiled means a new PIN, stopped ones never leave, returned ones let nobody in.
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { addDays, type CalendarDate } from '@einmal-pin/domain/calendar-date'
import { isPostedLate } from '@einmal-pin/domain/letter-life'
import { verifyBundle } from '@einmal-pin/vault/bundle-signature'
import { endCase } from '../cases/end-case.ts'
import { extendCase } from '../cases/extend-case.ts'
import { openTasksOf } from '../testing/case-rows.ts'
import { publishedCase } from '../testing/published-case.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'
import { applyStatus } from './apply-status.ts'
import { noteReturns } from './returns.ts'
import { writeStopList } from './stop-list.ts'

let at: TestOffice
before(async () => {
  at = await openTestOffice()
})
after(() => at[Symbol.asyncDispose]())

/** A letter that lies at the print centre. */
async function handedOver(): Promise<{ readonly caseId: string; readonly letterId: string }> {
  const { caseId } = await publishedCase(at.office)
  const db = at.office.database.kysely
  const letterId = `${caseId}-1`
  await db
    .updateTable('letter_orders')
    .set({ state: 'handedOver', round: 1, letter_id: letterId })
    .where('case_id', '=', caseId)
    .execute()
  await db
    .updateTable('rounds')
    .set({ letter_state: 'made', printed_on: null, posted_on: null })
    .where('letter_id', '=', letterId)
    .execute()
  const sealed = { letter_id: letterId, sealed: Buffer.from('x'), sha256: 'a', pages: 2 }
  await db.insertInto('sealed_letters').values(sealed).execute()
  return { caseId, letterId }
}

const roundOf = (letterId: string) =>
  at.office.database.kysely
    .selectFrom('rounds')
    .selectAll()
    .where('letter_id', '=', letterId)
    .executeTakeFirstOrThrow()
const commandsOf = async (caseId: string) => {
  const rows = await at.office.database.kysely
    .selectFrom('commands')
    .select(['type', 'body'])
    .where('case_id', '=', caseId)
    .orderBy('number')
    .execute()
  return rows.map(({ type, body }) => ({ type, ...(JSON.parse(body ?? '{}') as object) }))
}
const today = async () => (await roundOf((await handedOver()).letterId)).letter_date as CalendarDate

test('posted is noted once; a letter that was never handed over is named', async () => {
  const { letterId } = await handedOver()
  const day = await today()
  const posted = { letterId, outcome: 'posted', printedOn: day, postedOn: day } as const
  const first = await applyStatus(at.office, [posted, { letterId: 'nobody-1', outcome: 'spoiled' }])
  assert.deepEqual(first, { applied: 1, unchanged: 0, unknown: ['nobody-1'], replaced: 0 })
  const again = await applyStatus(at.office, [posted, { letterId, outcome: 'spoiled' }])
  assert.deepEqual(again, { applied: 0, unchanged: 2, unknown: [], replaced: 0 })
  assert.equal((await roundOf(letterId)).letter_state, 'posted')
})

test('a spoiled letter loses its PIN at once, and a new one is ordered for the same draft', async () => {
  const { caseId, letterId } = await handedOver()
  const report = await applyStatus(at.office, [{ letterId, outcome: 'spoiled' }])
  assert.deepEqual([report.applied, report.replaced], [1, 1])
  const round = await roundOf(letterId)
  assert.deepEqual([round.letter_state, round.pin_state], ['spoiled', 'superseded'])
  const orders = await at.office.database.kysely
    .selectFrom('letter_orders')
    .select(['state', 'reissue'])
    .where('case_id', '=', caseId)
    .where('letter_id', 'is', null)
    .execute()
  assert.deepEqual(orders, [{ state: 'making', reissue: 'lost' }])
  assert.ok((await commandsOf(caseId)).some((one) => one.type === 'settle'))
  const again = await applyStatus(at.office, [{ letterId, outcome: 'spoiled' }])
  assert.equal(again.replaced, 0)
})

test('a letter whose case ends at the print centre stands on the stop list, signed, and once', async () => {
  const [ended, wanted] = [await handedOver(), await handedOver()]
  await endCase(at.office, ended.caseId, 'death', 'test')
  assert.equal(await writeStopList(at.office), 1)
  assert.equal(await writeStopList(at.office), 0)
  const folder = join(at.dataDir, 'stop-list')
  const files = (await readdir(folder)).filter((file) => file.startsWith(ended.letterId))
  assert.deepEqual(files.sort(), [`${ended.letterId}.json`, `${ended.letterId}.sig`])
  const bytes = await readFile(join(folder, `${ended.letterId}.json`))
  const signature = await readFile(join(folder, `${ended.letterId}.sig`), 'utf8')
  assert.ok(await verifyBundle(at.office.secrets.signingKey.publicKey, bytes, signature))
  assert.doesNotMatch((await readdir(folder)).join(), new RegExp(wanted.letterId))
  await applyStatus(at.office, [{ letterId: ended.letterId, outcome: 'stopped' }])
  assert.equal((await roundOf(ended.letterId)).letter_state, 'withdrawn')
})

test('a letter that comes back freezes its PIN and gives a clerk a task, once, whatever was scanned', async () => {
  const { caseId, letterId } = await handedOver()
  const day = await today()
  const never = await noteReturns(at.office, [letterId], 'test')
  assert.deepEqual(never.notPosted, [letterId])
  await applyStatus(at.office, [{ letterId, outcome: 'posted', postedOn: day }])
  const marks = [`${letterId};1/2`, `${letterId};2/2`, `${letterId}-r;1/2`, 'nobody-1']
  const report = await noteReturns(at.office, marks, 'test')
  assert.deepEqual(report, { returned: 1, unchanged: 0, unknown: ['nobody-1'], notPosted: [] })
  const round = await roundOf(letterId)
  assert.deepEqual([round.letter_state, round.pin_state], ['returned', 'locked'])
  assert.deepEqual(await openTasksOf(at.office, caseId), [{ kind: 'returned', code: letterId }])
  const last = (await commandsOf(caseId)).at(-1)
  assert.deepEqual(last, { type: 'settle', round: 1, state: 'locked' })
  assert.equal((await noteReturns(at.office, [letterId], 'test')).unchanged, 1)
})

test('posted more than three days late raises an alarm, and "Frist neu" counts from the posting', async () => {
  const { caseId, letterId } = await handedOver()
  const day = await today()
  assert.deepEqual(
    [3, 4].map((days) => isPostedLate(day, addDays(day, days))),
    [false, true],
  )
  await assert.rejects(extendCase(at.office, caseId, 'test'), { code: 'action.notAllowed' })
  const postedOn = addDays(day, 4)
  await applyStatus(at.office, [{ letterId, outcome: 'posted', postedOn }])
  assert.deepEqual(await openTasksOf(at.office, caseId), [{ kind: 'latePosting', code: letterId }])
  await extendCase(at.office, caseId, 'test')
  assert.equal((await roundOf(letterId)).last_day, addDays(postedOn, 31))
  const last = (await commandsOf(caseId)).at(-1)
  assert.equal(last?.type, 'extend')
  assert.deepEqual(await openTasksOf(at.office, caseId), [])
  await assert.rejects(extendCase(at.office, caseId, 'test'), { code: 'action.notAllowed' })
})
