// What ends by itself, with the clock moved: expiry, drafts, tombstones, half-uploaded documents, blobs without a row.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { selectorOf } from '@einmal-pin/domain/pin'
import type { Queryable } from '@einmal-pin/platform/database'
import { sql } from 'kysely'
import { deleteFacts, listFacts } from '../store/outbox.ts'
import { newBlobKey } from '../store/parts.ts'
import type { PortalTables } from '../store/schema.ts'
import { must } from '../testing/browser.ts'
import { reissueLetter } from '../testing/issue.ts'
import { startOn, startTestPortal } from '../testing/test-portal.ts'
import { expirePins } from './expire-pins.ts'
import { portalJobs } from './jobs.ts'
import { purgeDrafts, purgeQuarantined, purgeTombstones, purgeUnfinished } from './purge.ts'
import { sweepBlobs } from './sweep-blobs.ts'

let portal: Awaited<ReturnType<typeof startTestPortal>>
before(async () => {
  portal = await startTestPortal()
})
after(() => portal.close())

const DAY = 86_400
const never = new AbortController().signal

/** Runs `work` with a portal whose clock is that many days ahead. */
async function daysLater<T>(
  days: number,
  work: (later: Awaited<ReturnType<typeof startOn>>) => Promise<T>,
): Promise<T> {
  const later = await startOn(portal.ground, { clockOffsetSeconds: days * DAY })
  try {
    return await work(later)
  } finally {
    await later.stop()
  }
}

const stateOf = async (caseId: string) => {
  const row = await portal.database.kysely
    .selectFrom('cases')
    .where('case_id', '=', caseId)
    .select('state')
    .executeTakeFirst()
  return row?.state
}

async function begun() {
  const letter = await portal.issue()
  const open = await portal.browser().open(letter.credentials)
  must(await open.save({ a: 1 }))
  await open.upload(new Uint8Array(50))
  return { letter, open }
}

const setState = (db: Queryable<PortalTables>, caseId: string, state: string) =>
  sql`update cases set state = ${state} where case_id = ${caseId}`.execute(db)

/** Somebody else holds the case and moves it on while the job, which has found it in its old state, waits for the lock. */
async function whileItWaits(caseId: string, state: string, job: () => Promise<void>) {
  let running = Promise.resolve()
  await portal.database.transaction(async (tx) => {
    await setState(tx, caseId, state)
    running = job()
    for (let waiting = 0; waiting === 0; ) {
      const { rows } = await sql<{ waiting: number }>`
        select count(*)::int as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(
        portal.database.kysely,
      )
      waiting = rows[0]?.waiting ?? 0
    }
  })
  await running
}

const remains = async (caseId: string) => {
  const { rows } = await sql<{
    drafts: number
    documents: number
    pins: number
    sessions: number
  }>`select
    (select count(*)::int from drafts where case_id = ${caseId}) as drafts,
    (select count(*)::int from documents where case_id = ${caseId}) as documents,
    (select count(*)::int from pins where case_id = ${caseId}) as pins,
    (select count(*)::int from sessions where case_id = ${caseId}) as sessions`.execute(
    portal.database.kysely,
  )
  return rows[0]
}

async function blobsOf(caseId: string): Promise<number> {
  let count = 0
  for await (const _blob of portal.portal.blobs.list(caseId)) count += 1
  return count
}

describe('a case that nobody sends', () => {
  test('expires after day 31, loses its wrapped secret, and the office hears of it once', async () => {
    const { letter } = await begun()
    await daysLater(31, (later) => expirePins(later.portal, never))
    assert.equal(await stateOf(letter.caseId), 'open')
    await daysLater(32, async (later) => {
      await expirePins(later.portal, never)
      await expirePins(later.portal, never)
      const { facts } = must(await later.link.outbox())
      const expired = facts.filter(
        ({ caseId, type }) => caseId === letter.caseId && type === 'expired',
      )
      assert.equal(expired.length, 1)
    })
    assert.equal(await stateOf(letter.caseId), 'expired')
    const result = await portal.browser().login(letter.credentials)
    assert.ok(result.ok && result.value.outcome === 'expired')
  })

  test('keeps its draft for seven days after the last day and loses it then', async () => {
    const { letter } = await begun()
    await daysLater(38, async (later) => {
      await expirePins(later.portal, never)
      await purgeDrafts(later.portal, never)
    })
    assert.deepEqual(await remains(letter.caseId), {
      drafts: 1,
      documents: 1,
      pins: 1,
      sessions: 1,
    })
    await daysLater(39, (later) => purgeDrafts(later.portal, never))
    assert.deepEqual(await remains(letter.caseId), {
      drafts: 0,
      documents: 0,
      pins: 1,
      sessions: 1,
    })
    assert.equal(await blobsOf(letter.caseId), 0)
  })

  test('keeps everything if the case went on while the job waited for its lock', async () => {
    const { letter } = await begun()
    const { caseId } = letter
    await daysLater(100, async (later) => {
      await expirePins(later.portal, never)
      for (const purge of [purgeDrafts, purgeTombstones]) {
        await whileItWaits(caseId, 'submitted', () => purge(later.portal, never))
        await setState(portal.database.kysely, caseId, 'expired')
      }
    })
    assert.deepEqual(await remains(caseId), { drafts: 1, documents: 1, pins: 1, sessions: 1 })
  })

  test('answers the right PIN until sixty days after the last day, then nothing is left', async () => {
    const { letter } = await begun()
    await daysLater(91, async (later) => {
      await expirePins(later.portal, never)
      await purgeTombstones(later.portal, never)
      const result = await later.browser().login(letter.credentials)
      assert.ok(result.ok && result.value.outcome === 'expired')
    })
    await daysLater(92, async (later) => {
      await purgeTombstones(later.portal, never)
      const result = await later.browser().login(letter.credentials)
      assert.ok(!result.ok && result.code === 'wrongPin')
    })
    assert.equal(await stateOf(letter.caseId), undefined)
    assert.deepEqual(await remains(letter.caseId), {
      drafts: 0,
      documents: 0,
      pins: 0,
      sessions: 0,
    })
    assert.equal(await blobsOf(letter.caseId), 0)
  })

  test('goes on with the newer letter when the older one expires', async () => {
    const first = await portal.issue()
    const second = await reissueLetter(portal.office, portal.link, first, 'online')
    assert.notEqual(selectorOf(first.pin), selectorOf(second.pin))
    await sql`update pins set expires_at = clock_timestamp() where case_id = ${first.caseId} and round = 1`.execute(
      portal.database.kysely,
    )
    await expirePins(portal.portal, never)
    assert.equal(await stateOf(first.caseId), 'open')
    assert.equal((await portal.browser().open(second.credentials)).round, 2)
  })
})

describe('what was sent', () => {
  async function sent() {
    const { letter, open } = await begun()
    const head = await portal.database.kysely
      .selectFrom('drafts')
      .where('case_id', '=', letter.caseId)
      .select(['etag', 'revision'])
      .executeTakeFirstOrThrow()
    const saved = { ...head, savedAt: '' }
    must(await open.submit(await open.prepare({}, saved)))
    return letter
  }

  test('and not fetched is never purged', async () => {
    const { caseId } = await sent()
    await daysLater(400, async (later) => {
      await expirePins(later.portal, never)
      await purgeDrafts(later.portal, never)
      await purgeTombstones(later.portal, never)
    })
    assert.ok((await portal.link.submission(caseId)).ok)
  })

  test('and quarantined loses its ciphertext after ninety days', async () => {
    const { caseId } = await sent()
    must(await portal.link.quarantine(caseId, 1))
    await daysLater(89, (later) => purgeQuarantined(later.portal, never))
    assert.ok((await portal.link.submission(caseId)).ok)
    await daysLater(91, (later) => purgeQuarantined(later.portal, never))
    assert.equal((await portal.link.submission(caseId)).status, 404)
  })
})

describe('documents', () => {
  test('without a new part for a day are purged and free their quota; complete ones stay', async () => {
    const { letter, open } = await begun()
    const file = await open.sealFile(new Uint8Array(2_000_000))
    must(await open.client.announceDocument(file.announcement))
    must(await open.putPart(file, 0))
    await purgeUnfinished(portal.portal, never)
    assert.equal(must(await open.client.documents()).quota.usedDocuments, 2)
    await daysLater(2, (later) => purgeUnfinished(later.portal, never))
    assert.equal(must(await open.client.documents()).quota.usedDocuments, 1)
    assert.equal(await blobsOf(letter.caseId), 1)
  })

  test('blobs without a row are swept after a day, never those with one', async () => {
    const { letter, open } = await begun()
    const orphan = newBlobKey(letter.caseId)
    await portal.portal.blobs.put(orphan, [new Uint8Array(5)], { maxBytes: 5 })
    assert.equal(await sweepBlobs(portal.portal, never), 0)
    assert.equal(await blobsOf(letter.caseId), 2)
    assert.ok((await sweepBlobs(portal.portal, never, 0)) >= 1)
    assert.equal(await blobsOf(letter.caseId), 1)
    const [document] = must(await open.client.documents()).documents
    assert.ok((await open.client.documentContent(document?.id ?? '')).ok)
  })
})

test('facts for the office come in the order in which they became true', async () => {
  const db = portal.database.kysely
  await deleteFacts(
    db,
    (await listFacts(db, 10_000)).map(({ id }) => id),
  )
  for (const id of ['m', 'z', 'a', 'k']) {
    await sql`insert into outbox (id, case_id, round, type, day)
      values (${id}, 'c0123456789a', 1, 'firstLogin', '2026-11-24')`.execute(db)
  }
  // A row that was written again lies behind the others.
  await sql`update outbox set day = '2026-11-25' where id = 'a'`.execute(db)
  const ids = async (limit: number) => (await listFacts(db, limit)).map(({ id }) => id)
  assert.deepEqual(await ids(100), ['m', 'z', 'a', 'k'])
  assert.deepEqual(await ids(2), ['m', 'z'])
  await deleteFacts(db, ['a', 'k', 'm', 'z'])
})

test('rows that last minutes are removed, and every job runs', async () => {
  const { letter } = await begun()
  const db = portal.database.kysely
  await sql`update sessions set idle_expires_at = clock_timestamp() where case_id = ${letter.caseId}`.execute(
    db,
  )
  await sql`update network_attempts set last_failure_at = clock_timestamp() - interval '25 hours'`.execute(
    db,
  )
  await sql`update nonces set expires_at = clock_timestamp()`.execute(db)
  for (const job of portalJobs(portal.portal)) await job.run(never)
  const { rows } = await sql<{ left: number }>`select
    (select count(*) from sessions where case_id = ${letter.caseId})::int
    + (select count(*) from network_attempts)::int + (select count(*) from nonces)::int as left`.execute(
    db,
  )
  assert.equal(rows[0]?.left, 0)
})
