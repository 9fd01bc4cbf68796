// The promises about documents: parts in any order and any number of times, whole or not at all, within the quota.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { makeContentDigest, sha256Hex } from '@einmal-pin/vault/digest'
import { newDocumentId } from '@einmal-pin/vault/random'
import {
  MAX_DOCUMENT_BYTES,
  MAX_DOCUMENTS,
  MAX_SEAL_OVERHEAD_BYTES,
  MIB,
} from '@einmal-pin/wire/limits'
import { CASE_QUOTA_BYTES } from '../store/documents.ts'
import { keepPart } from '../store/incoming-parts.ts'
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

const threeMib = () => Uint8Array.from({ length: 3 * MIB }, (_, index) => (index * 7) % 253)

async function codeOf(answer: Promise<{ readonly ok: boolean; readonly code?: string }>) {
  const { ok, code } = await answer
  return ok ? 'ok' : code
}

async function storedBlobs(): Promise<number> {
  let count = 0
  for await (const _blob of portal.portal.blobs.list()) count += 1
  return count
}

describe('uploading', () => {
  test('takes parts in any order and in parallel, and lists what is there for who resumes', async () => {
    const open = await openOne()
    const file = await open.sealFile(threeMib())
    must(await open.client.announceDocument(file.announcement))
    must(await open.putPart(file, 3))
    must(await open.putPart(file, 1))
    const [listed] = must(await open.client.documents()).documents
    assert.deepEqual(listed?.received, [1, 3])
    assert.equal(listed?.complete, false)
    const early = await open.client.completeDocument(file.meta.id)
    assert.ok(!early.ok && early.code === 'document.incomplete')
    assert.deepEqual(early.extra['missing'], [0, 2])
    await Promise.all([open.putPart(file, 0), open.putPart(file, 2)])
    assert.equal(must(await open.client.completeDocument(file.meta.id)).complete, true)
    const content = must(await open.client.documentContent(file.meta.id))
    assert.equal(await sha256Hex(content), file.meta.sha256)
  })

  test('the same part again, even at once, is one part and one blob', async () => {
    const open = await openOne()
    const before = await storedBlobs()
    const file = await open.sealFile(new Uint8Array(100))
    must(await open.client.announceDocument(file.announcement))
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => codeOf(open.putPart(file, 0))),
    )
    assert.deepEqual(answers, Array(6).fill('ok'))
    assert.equal((await storedBlobs()) - before, 1)
    assert.equal(await codeOf(open.putPart(file, 0)), 'ok')
  })

  test('a document of one part is complete with it; several at once are all counted', async () => {
    const open = await openOne()
    const files = await Promise.all([1, 2, 3, 4].map((size) => open.sealFile(new Uint8Array(size))))
    for (const file of files) must(await open.client.announceDocument(file.announcement))
    const answers = await Promise.all(files.map((file) => open.putPart(file, 0)))
    assert.deepEqual(
      answers.map((answer) => must(answer)),
      Array(4).fill({ received: [0], complete: true }),
    )
    const { facts } = must(await portal.link.outbox())
    const counts = facts.map((fact) =>
      fact.caseId === open.caseId && fact.type === 'activity' ? fact.documents : 0,
    )
    assert.equal(Math.max(...counts), 4)
  })

  test('of two contents for one part at once one is kept, and the other is not said to be', async () => {
    const open = await openOne()
    const before = await storedBlobs()
    const file = await open.sealFile(new Uint8Array(100))
    must(await open.client.announceDocument(file.announcement))
    const other = { ...file, bytes: new Uint8Array(file.bytes.length) }
    const answers = await Promise.all(
      [file, other, other, file].map((one) => codeOf(open.putPart(one, 0))),
    )
    assert.ok(answers.includes('ok'))
    assert.ok(answers.includes('part.differs'))
    assert.equal(answers[0], answers[3])
    assert.equal(answers[1], answers[2])
    assert.equal((await storedBlobs()) - before, 1)
  })

  test('a part of a document that is announced anew while it is on its way is not taken', async () => {
    const open = await openOne()
    const before = await storedBlobs()
    const file = await open.sealFile(new Uint8Array(100))
    must(await open.client.announceDocument(file.announcement))
    const { id, size, partSize, sha256 } = file.announcement
    const seen = { size, partSize, sha256, complete: false, received: [], present: null }
    must(await open.client.removeDocument(id))
    const other = { ...file.announcement, size: 900_000, sha256: '1'.repeat(64) }
    must(await open.client.announceDocument(other))
    const part = { part: 0, sha256, size, blobKey: 'x/y' }
    const place = { caseId: open.caseId, documentId: id, round: 1 }
    const kept = await portal.database.transaction((tx) =>
      keepPart(tx, portal.portal.clock, place, part, { seen, isWhole: true }),
    )
    assert.equal(kept, undefined)
    const [listed] = must(await open.client.documents()).documents
    assert.deepEqual([listed?.received, listed?.complete], [[], false])
    assert.equal(await storedBlobs(), before)
  })

  test('refuses another content under the same number, a wrong length and a wrong digest', async () => {
    const open = await openOne()
    const file = await open.sealFile(new Uint8Array(100))
    const { id } = file.meta
    must(await open.client.announceDocument(file.announcement))
    const other = new Uint8Array(file.bytes.length)
    const put = async (bytes: Uint8Array<ArrayBuffer>, part = 0, contentDigest?: string) =>
      codeOf(
        open.client.uploadPart(id, part, {
          bytes,
          contentDigest: contentDigest ?? (await makeContentDigest(bytes)),
        }),
      )
    assert.equal(await put(file.bytes, 0, await makeContentDigest(other)), 'request.digest')
    assert.equal(await put(file.bytes, 0, 'md5=:x:'), 'request.digest')
    assert.equal(await put(file.bytes.slice(1)), 'part.range')
    assert.equal(await put(file.bytes, 1), 'part.range')
    assert.equal(await put(file.bytes), 'ok')
    assert.equal(await put(other), 'part.differs')
    must(await open.client.completeDocument(id))
    assert.equal(await put(other), 'part.differs')
    assert.equal(await put(file.bytes), 'ok')
  })

  test('a document that arrives other than announced is never complete', async () => {
    const open = await openOne()
    const file = await open.sealFile(new Uint8Array(100))
    const announcement = { ...file.announcement, sha256: '0'.repeat(64) }
    must(await open.client.announceDocument(announcement))
    must(await open.putPart(file, 0))
    assert.equal(await codeOf(open.client.completeDocument(file.meta.id)), 'document.digest')
    assert.equal(await codeOf(open.client.documentContent(file.meta.id)), 'document.incomplete')
  })

  test('parts of documents that nobody announced, or of another case, are refused', async () => {
    const [open, other] = [await openOne(), await openOne()]
    const file = await open.sealFile(new Uint8Array(100))
    assert.equal(await codeOf(open.putPart(file, 0)), 'document.none')
    must(await open.client.announceDocument(file.announcement))
    assert.equal(await codeOf(other.putPart(file, 0)), 'document.none')
    assert.equal(await codeOf(other.client.completeDocument(file.meta.id)), 'document.none')
    assert.equal(await codeOf(other.client.documentContent(file.meta.id)), 'document.none')
  })

  test('a part above 4 MiB is too large before it is read', async () => {
    const open = await openOne()
    const bytes = new Uint8Array(4 * MIB + 1)
    const upload = { bytes, contentDigest: await makeContentDigest(bytes) }
    const answer = await open.client.uploadPart(newDocumentId(), 0, upload)
    assert.ok(!answer.ok && answer.code === 'request.tooLarge')
  })
})

describe('announcing', () => {
  test('is the same answer again for the same values and refused for others', async () => {
    const open = await openOne()
    const { announcement } = await open.sealFile(new Uint8Array(100))
    const first = await open.client.announceDocument(announcement)
    const again = await open.client.announceDocument(announcement)
    assert.ok(first.ok && first.status === 201 && again.ok && again.status === 200)
    assert.deepEqual(first.value, again.value)
    const other = { ...announcement, sha256: '1'.repeat(64) }
    assert.equal(await codeOf(open.client.announceDocument(other)), 'document.differs')
  })

  test('refuses what is larger than 25 MiB and odd part sizes', async () => {
    const open = await openOne()
    const { announcement } = await open.sealFile(new Uint8Array(100))
    const largest = MAX_DOCUMENT_BYTES + MAX_SEAL_OVERHEAD_BYTES
    const send = (change: object) =>
      codeOf(open.client.announceDocument({ ...announcement, id: newDocumentId(), ...change }))
    assert.equal(await send({ size: largest }), 'ok')
    assert.equal(await send({ size: largest + 1 }), 'document.tooLarge')
    assert.equal(await send({ size: 0 }), 'request.invalid')
    assert.equal(await send({ partSize: MIB - 1 }), 'request.invalid')
    assert.equal(await send({ partSize: 4 * MIB + 1 }), 'request.invalid')
    assert.equal(await send({ id: '../../../../etc/pass' }), 'request.invalid')
    assert.equal(await send({ extra: 1 }), 'request.invalid')
  })

  test('reserves the quota: announced at once, no more than fit get in, and removal frees it', async () => {
    const open = await openOne()
    const { announcement } = await open.sealFile(new Uint8Array(100))
    const size = 25 * MIB
    const ids = Array.from({ length: 8 }, newDocumentId)
    const codes = await Promise.all(
      ids.map((id) => codeOf(open.client.announceDocument({ ...announcement, id, size }))),
    )
    assert.equal(codes.filter((code) => code === 'ok').length, 4)
    assert.equal(codes.filter((code) => code === 'document.quota').length, 4)
    const { quota } = must(await open.client.documents())
    assert.ok(quota.usedBytes <= quota.bytes && quota.bytes === CASE_QUOTA_BYTES)
    const reserved = ids[codes.indexOf('ok')] ?? ''
    must(await open.client.removeDocument(reserved))
    const id = newDocumentId()
    assert.equal(await codeOf(open.client.announceDocument({ ...announcement, id, size })), 'ok')
  })

  test('takes forty documents and no more', async () => {
    const open = await openOne()
    const { announcement } = await open.sealFile(new Uint8Array(100))
    const codes = []
    for (let index = 0; index <= MAX_DOCUMENTS; index += 1) {
      const id = newDocumentId()
      codes.push(await codeOf(open.client.announceDocument({ ...announcement, id })))
    }
    assert.equal(codes.filter((code) => code === 'ok').length, MAX_DOCUMENTS)
    assert.equal(codes.at(-1), 'document.quota')
  })
})

test('removing takes the bytes away and is no mistake twice', async () => {
  const open = await openOne()
  const before = await storedBlobs()
  const { id } = await open.upload(threeMib())
  assert.equal((await storedBlobs()) - before, 4)
  must(await open.client.removeDocument(id))
  must(await open.client.removeDocument(id))
  assert.equal(await storedBlobs(), before)
  assert.equal(await codeOf(open.client.documentContent(id)), 'document.none')
})
