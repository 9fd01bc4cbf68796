// The promises about saving: nothing is overwritten unseen, nothing acknowledged is lost, nothing odd is stored.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { makeContentDigest, sha256Hex } from '@einmal-pin/vault/digest'
import { randomBytes } from '@einmal-pin/vault/random'
import { MAX_DRAFT_BYTES } from '@einmal-pin/wire/limits'
import { must, type OpenCase } from '../testing/browser.ts'
import { startTestPortal } from '../testing/test-portal.ts'

let portal: Awaited<ReturnType<typeof startTestPortal>>
before(async () => {
  portal = await startTestPortal()
})
after(() => portal.close())

async function openOne(): Promise<OpenCase> {
  const letter = await portal.issue()
  return await portal.browser().open(letter.credentials)
}

const some = (length = 200) => randomBytes(Math.min(length, 65_536))

async function put(
  open: OpenCase,
  bytes: Uint8Array<ArrayBuffer>,
  revision: number,
  previousEtag: string | null,
) {
  const contentDigest = await makeContentDigest(bytes)
  return await open.client.saveDraft({ bytes, contentDigest, revision, previousEtag })
}

async function codeOf(answer: Promise<{ readonly ok: boolean; readonly code?: string }>) {
  const { ok, code } = await answer
  return ok ? 'ok' : code
}

describe('a draft', () => {
  test('that does not exist is none, then it comes back byte for byte with its revision and time', async () => {
    const open = await openOne()
    assert.equal((await open.client.draft()).status, 204)
    const bytes = some()
    const saved = must(await put(open, bytes, 1, null))
    assert.equal(saved.etag, await sha256Hex(bytes))
    const read = await open.client.draft()
    assert.ok(read.ok)
    assert.deepEqual(Buffer.from(read.value), Buffer.from(bytes))
    assert.equal(read.headers.get('etag'), `"${saved.etag}"`)
    assert.equal(read.headers.get('ep-revision'), '1')
    assert.equal(read.headers.get('ep-saved-at'), saved.savedAt)
  })

  test('is not sent again to who has it', async () => {
    const open = await openOne()
    const { etag } = must(await put(open, some(), 1, null))
    const same = await open.client.draft(etag)
    assert.ok(same.ok && same.status === 304 && same.value.length === 0)
    const other = await open.client.draft('0'.repeat(64))
    assert.ok(other.ok && other.status === 200)
  })

  test('is never overwritten by who has not seen it', async () => {
    const open = await openOne()
    const first = must(await put(open, some(), 1, null))
    assert.equal(await codeOf(put(open, some(), 1, null)), 'draft.conflict')
    must(await put(open, some(), 2, first.etag))
    assert.equal(await codeOf(put(open, some(), 2, first.etag)), 'draft.conflict')
  })

  test('saved by many devices at once is saved by exactly one', async () => {
    const open = await openOne()
    const first = must(await put(open, some(), 1, null))
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => codeOf(put(open, some(), 2, first.etag))),
    )
    assert.equal(answers.filter((code) => code === 'ok').length, 1)
    assert.equal(answers.filter((code) => code === 'draft.conflict').length, 9)
  })

  test('sent again because the answer was lost gets the same answer', async () => {
    const open = await openOne()
    const bytes = some()
    const saved = must(await put(open, bytes, 1, null))
    assert.deepEqual(must(await put(open, bytes, 1, null)), saved)
  })

  test('counts its revisions one by one', async () => {
    const open = await openOne()
    const { etag } = must(await put(open, some(), 1, null))
    for (const revision of [1, 3, 99]) {
      assert.equal(await codeOf(put(open, some(), revision, etag)), 'draft.revision')
    }
  })

  test('with a digest that does not fit, or none, is refused', async () => {
    const open = await openOne()
    const bytes = some()
    const contentDigest = await makeContentDigest(some())
    const upload = { bytes, contentDigest, revision: 1, previousEtag: null }
    assert.equal(await codeOf(open.client.saveDraft(upload)), 'request.digest')
    const without = { ...upload, contentDigest: '' }
    assert.equal(await codeOf(open.client.saveDraft(without)), 'request.digest')
    assert.equal((await open.client.draft()).status, 204)
  })

  test('above the limit is too large, at the limit it is not', async () => {
    const open = await openOne()
    const full = new Uint8Array(MAX_DRAFT_BYTES)
    must(await put(open, full, 1, null))
    const { etag } = must(await put(open, full, 1, null))
    assert.equal(
      await codeOf(put(open, new Uint8Array(MAX_DRAFT_BYTES + 1), 2, etag)),
      'request.tooLarge',
    )
  })

  test('without a condition, or with odd ones, is refused', async () => {
    const open = await openOne()
    const bytes = some()
    const digest = await makeContentDigest(bytes)
    for (const headers of [
      {},
      { 'if-match': '*' },
      { 'if-match': 'W/"x"' },
      { 'if-none-match': '*', 'if-match': `"${'0'.repeat(64)}"`, 'ep-revision': '0' },
      { 'if-none-match': '*', 'ep-revision': '1.5' },
    ]) {
      const request = new Request(`${portal.origin}/api/v1/cases/${open.caseId}/draft`, {
        method: 'PUT',
        body: bytes,
        headers: {
          'content-type': 'application/octet-stream',
          'content-digest': digest,
          'ep-revision': '1',
          ...headers,
        },
      })
      assert.equal((await open.send(request)).status, 400, JSON.stringify(headers))
    }
  })
})

test('the office hears of work once a day, and again when the number of documents has changed', async () => {
  const open = await openOne()
  const first = must(await open.save({ a: 1 }))
  must(await open.save({ a: 2 }, first))
  const { id } = await open.upload(new Uint8Array(10))
  must(await open.client.removeDocument(id))
  const { facts } = must(await portal.link.outbox())
  const mine = facts.filter((fact) => fact.caseId === open.caseId && fact.type === 'activity')
  assert.deepEqual(
    mine.map((fact) => (fact.type === 'activity' ? fact.documents : -1)),
    [0, 1, 0],
  )
  assert.ok(mine.every((fact) => /^\d{4}-\d\d-\d\d$/.test('day' in fact ? fact.day : '')))
})
