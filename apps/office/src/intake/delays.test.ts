// The promise about delays: what cannot be fetched now is told and fetched later, and holds up nobody else however much of it there is.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { MAX_DOCUMENT_BYTES } from '@einmal-pin/wire/limits'
import { sql } from 'kysely'
import { applyFact } from '../courier/apply-facts.ts'
import { openTasksOf } from '../testing/case-rows.ts'
import { failingWrites } from '../testing/failing-writes.ts'
import { type PublishedCase, publishedCase } from '../testing/published-case.ts'
import { sendSubmission } from '../testing/sent-submission.ts'
import { type StandInPortal, standInPortal } from '../testing/stand-in-portal.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'
import { fetchSubmissions } from './fetch-submissions.ts'
import { quarantine } from './store-submission.ts'

let at: TestOffice
let portal: StandInPortal
const never = new AbortController().signal
const FAILED = { ok: false, code: 'service.failed', status: 500, extra: {} } as const
const DELAYED = [{ kind: 'intakeDelayed', code: 'submission.delayed' }]
before(async () => {
  at = await openTestOffice()
  portal = standInPortal(at.office.secrets.receiptKey)
})
after(() => at[Symbol.asyncDispose]())

const run = (link = portal) => fetchSubmissions(at.office, link, never)

async function offer(published: PublishedCase, documents: readonly Uint8Array[] = []) {
  const sent = await sendSubmission(at, published, { documents })
  const { caseId, round } = sent.receipt
  portal.submissions.set(caseId, sent)
  const { receipt } = sent
  await applyFact(at.office, { id: `sent-${caseId}`, caseId, round, type: 'submitted', receipt })
  return sent
}

async function offerTwo(): Promise<readonly [PublishedCase, PublishedCase]> {
  const [first, second] = [await publishedCase(at.office), await publishedCase(at.office)]
  for (const published of [first, second]) await offer(published)
  return [first, second]
}

/** As if they had been offered long ago. */
const makeOld = () =>
  at.office.database.kysely
    .updateTable('submissions')
    .set({ received_at: new Date(0) })
    .where('state', '=', 'offered')
    .execute()

const stateOf = async ({ caseId }: { readonly caseId: string }) =>
  (
    await at.office.database.kysely
      .selectFrom('submissions')
      .select('state')
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow()
  ).state

test('an offer that the portal answers with a failure waits with a task, the others come in', async () => {
  const [stuck, other] = await offerTwo()
  const submission: typeof portal.submission = async (caseId) =>
    caseId === stuck.caseId ? FAILED : portal.submission(caseId)
  assert.equal(await run({ ...portal, submission }), 'failed')
  assert.deepEqual([await stateOf(stuck), await stateOf(other)], ['offered', 'received'])
  assert.deepEqual(await openTasksOf(at.office, stuck.caseId), [], 'a moment is nothing to tell')
  await makeOld()
  assert.equal(await run({ ...portal, submission }), 'failed')
  assert.deepEqual(await openTasksOf(at.office, stuck.caseId), DELAYED)
  assert.equal(await run(), 'done')
  assert.equal(await stateOf(stuck), 'received')
  assert.deepEqual(await openTasksOf(at.office, stuck.caseId), [])
})

test('a fault of the office at one submission waits with a task, the others come in', async () => {
  const [stuck, other] = await offerTwo()
  {
    await makeOld()
    await using _fault = await failingWrites(at.office, 'submissions', stuck.caseId)
    assert.equal(await run(), 'failed')
    assert.deepEqual([await stateOf(stuck), await stateOf(other)], ['offered', 'received'])
    assert.deepEqual(await openTasksOf(at.office, stuck.caseId), DELAYED)
  }
  assert.equal(await run(), 'done')
  assert.equal(await stateOf(stuck), 'received')
})

test('a portal that answers nobody is away: the round ends, and nothing is told of the submission', async () => {
  const [one] = await offerTwo()
  const away = { ...portal, submission: async () => FAILED, status: async () => FAILED }
  assert.equal(await run(away), 'unreachable')
  assert.equal(await stateOf(one), 'offered')
  assert.deepEqual(await openTasksOf(at.office, one.caseId), [])
  await run()
})

test('a whole round of older ones that cannot be fetched does not stand before a new one', async () => {
  const model = await publishedCase(at.office)
  await offer(model)
  const db = at.office.database.kysely
  await sql`insert into cases select (jsonb_populate_record(c, jsonb_build_object(
      'case_id', 'cstuck' || lpad(n::text, 6, '0'), 'case_ref', 'STUCK-' || n))).*
    from cases c, generate_series(1, 60) n where case_id = ${model.caseId}`.execute(db)
  await sql`insert into submissions select (jsonb_populate_record(s, jsonb_build_object(
      'case_id', 'cstuck' || lpad(n::text, 6, '0'), 'receipt_number', 'STUCK-' || n,
      'submitted_at', '2020-01-01T00:00:00Z', 'received_at', '2020-01-01T00:00:00Z',
      'receipt', s.receipt || jsonb_build_object('caseId', 'cstuck' || lpad(n::text, 6, '0'))))).*
    from submissions s, generate_series(1, 60) n where case_id = ${model.caseId}`.execute(db)
  const submission: typeof portal.submission = async (caseId) =>
    caseId.startsWith('cstuck') ? FAILED : portal.submission(caseId)
  const link = { ...portal, submission }
  assert.equal(await run(link), 'failed')
  assert.equal(await run(link), 'failed')
  assert.equal(await stateOf(model), 'received')
  await db.deleteFrom('submissions').where('state', '=', 'offered').execute()
})

test('acknowledgements that the portal refuses for ever do not stand before the others', async () => {
  const [refused, other] = await offerTwo()
  const acknowledge: typeof portal.acknowledge = async (caseId, body) =>
    caseId === refused.caseId ? FAILED : portal.acknowledge(caseId, body)
  assert.equal(await run({ ...portal, acknowledge }), 'failed')
  const rows = await at.office.database.kysely
    .selectFrom('submissions')
    .select(['case_id', 'acknowledged_at'])
    .where('case_id', 'in', [refused.caseId, other.caseId])
    .execute()
  const done = rows.filter(({ acknowledged_at }) => acknowledged_at !== null)
  assert.deepEqual(
    done.map(({ case_id }) => case_id),
    [other.caseId],
  )
  await run()
})

test('more bytes than a person can send are not stored on, but quarantined', async () => {
  const published = await publishedCase(at.office)
  const documents = Array.from({ length: 5 }, (_, index) => Buffer.from(`%PDF-1.4 ${index}`))
  await offer(published, documents)
  const large = new Uint8Array(MAX_DOCUMENT_BYTES)
  const blob: typeof portal.blob = async (caseId, id, maxBytes) =>
    id === 'answers'
      ? portal.blob(caseId, id, maxBytes)
      : { ok: true, value: large, status: 200, headers: new Headers() }
  await run({ ...portal, blob })
  assert.equal(await stateOf(published), 'quarantined')
  assert.deepEqual(await openTasksOf(at.office, published.caseId), [
    { kind: 'quarantine', code: 'submission.tooLarge' },
  ])
  const stored = []
  for await (const { key } of at.office.blobs.list(published.caseId)) stored.push(key)
  assert.deepEqual(stored, [])
})

test('what was received cannot be quarantined any more: state and bytes stay', async () => {
  const published = await publishedCase(at.office)
  await offer(published, [Buffer.from('%PDF-1.4 eins')])
  await run()
  const { caseId } = published
  const bytes = async () => {
    const keys = []
    for await (const { key } of at.office.blobs.list(caseId)) keys.push(key)
    return keys.length
  }
  assert.equal(await bytes(), 2)
  await quarantine(at.office, caseId, 'submission.differs')
  assert.equal(await stateOf(published), 'received')
  assert.equal(await bytes(), 2)
  assert.deepEqual(await openTasksOf(at.office, caseId), [])
})
