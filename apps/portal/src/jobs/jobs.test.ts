// What ends by itself, with the clock moved: expiry, drafts, tombstones, half-uploaded documents, blobs without a row.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { selectorOf } from '@einmal-pin/domain/pin'
import { sql } from 'kysely'
import { newBlobKey } from '../store/parts.ts'
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
