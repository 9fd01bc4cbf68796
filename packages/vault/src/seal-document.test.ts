// Documents and their metadata: large ones in streams, and never another file than the one named.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CASE_ID, caseKeys, documentMeta, flipped, ROUND, refusedWith } from '../test/fixture.ts'
import vectors from '../vectors/frames.json' with { type: 'json' }
import { fromBase64url, fromHex } from './base64url.ts'
import { type Bytes, concat, utf8 } from './bytes.ts'
import { sha256Hex } from './digest.ts'
import { openDocumentMeta, sealDocumentMeta } from './document-meta.ts'
import { sealFrame } from './seal.ts'
import {
  openDocument,
  openDocumentStream,
  sealDocument,
  sealDocumentStream,
} from './seal-document.ts'
import { sealJsonFrame } from './seal-json.ts'

const keys = await caseKeys()
const place = { caseId: CASE_ID, round: ROUND }

const streamOf = (bytes: Bytes, size = 50_000): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size))
      controller.close()
    },
  })

const collect = async (stream: ReadableStream<Uint8Array>): Promise<Bytes> => {
  const parts: Uint8Array[] = []
  for await (const part of stream) parts.push(part)
  return concat(...parts)
}

test('the fixed document opens', async () => {
  const file = fromBase64url(vectors.document.sealed)
  const document = await openDocument(file, await sha256Hex(file), keys)
  assert.deepEqual(document, fromHex(vectors.document.content))
})

test('another file than the one named is refused before it is opened', async () => {
  const file = await sealDocument(utf8('photo'), keys)
  const swapped = await sealDocument(utf8('IBAN of somebody else'), keys)
  const sha256 = await sha256Hex(file)
  await assert.rejects(openDocument(swapped, sha256, keys), refusedWith('document.differs'))
  await assert.rejects(
    openDocument(flipped(file, 99), sha256, keys),
    refusedWith('document.differs'),
  )
})

test('streams seal and open what bytes do, and the size is known before', async () => {
  const document = new Uint8Array(300_001).fill(3)
  const stream = await sealDocumentStream(streamOf(document), keys)
  const expected = stream.size(document.length)
  const file = await collect(stream)
  assert.equal(file.length, expected)
  assert.deepEqual(await openDocument(file, await sha256Hex(file), keys), document)
  assert.deepEqual(await collect(await openDocumentStream(streamOf(file), keys)), document)
})

test('a stream cut at a chunk, altered or foreign ends with the one error', async () => {
  const file = await sealDocument(new Uint8Array(200_000), keys)
  const cut = file.subarray(0, file.length - (200_000 % 65_536) - 16)
  const cases = [
    cut,
    flipped(file, (file.length - 1) * 8),
    file.subarray(0, -1),
    utf8('no age file'),
  ]
  for (const bad of cases) {
    const reading = async () =>
      collect(await openDocumentStream(streamOf(new Uint8Array(bad)), keys))
    await assert.rejects(reading(), refusedWith('seal.refused'))
  }
})

test('a stream that is given up cancels its source', async () => {
  const file = await sealDocument(new Uint8Array(200_000), keys)
  const opened = await openDocumentStream(streamOf(file), keys)
  await opened.cancel()
  assert.equal(opened.locked, false)
})

const sha256 = 'ab'.repeat(32)
const meta = documentMeta('d0123456789abcdefghj', { sha256, size: 5 })

test('metadata comes back for the document it speaks of', async () => {
  const sealed = await sealDocumentMeta(meta, place, keys)
  assert.deepEqual(await openDocumentMeta(sealed, meta, place, keys), meta)
  const { value, sealed: fixed } = vectors.documentMeta
  assert.deepEqual(await openDocumentMeta(fromBase64url(fixed), value, place, keys), value)
})

test('the portal cannot list a document under the metadata of another', async () => {
  const sealed = await sealDocumentMeta(meta, place, keys)
  for (const listed of [
    { id: 'd0123456789abcdefghk', sha256 },
    { id: meta.id, sha256: 'cd'.repeat(32) },
  ]) {
    await assert.rejects(
      openDocumentMeta(sealed, listed, place, keys),
      refusedWith('document.differs'),
    )
  }
})

test('metadata of another shape and other frames are refused', async () => {
  const frame = { kind: 'document-meta', ...place, revision: 0, keys } as const
  const shapes = [
    {},
    [],
    null,
    { ...meta, size: -1 },
    { ...meta, more: 1 },
    { ...meta, sha256: 'AB' },
  ]
  for (const value of shapes) {
    const sealed = await sealJsonFrame({ ...frame, value })
    await assert.rejects(openDocumentMeta(sealed, meta, place, keys), refusedWith('document.meta'))
  }
  const draft = await sealFrame({ ...frame, kind: 'draft', content: utf8(JSON.stringify(meta)) })
  await assert.rejects(openDocumentMeta(draft, meta, place, keys), refusedWith('seal.kind'))
})
