// Frames: the vectors open, and every way of tampering is refused with one short answer.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CASE_ID, caseKeys, flipped, OTHER_CASE_ID, ROUND, refusedWith } from '../test/fixture.ts'
import vectors from '../vectors/frames.json' with { type: 'json' }
import { encryptFor } from './age.ts'
import { fromBase64url, fromHex, toBase64url } from './base64url.ts'
import { concat, label, utf8 } from './bytes.ts'
import { deriveCaseKeys, newCaseSecret } from './case-secret.ts'
import { sha256Hex } from './digest.ts'
import { hmacSha256 } from './hmac.ts'
import { type FrameKind, openFrame, sealFrame } from './seal.ts'
import { openJsonFrame } from './seal-json.ts'

const keys = await caseKeys()
const content = utf8('Guten Tag\n')
const draft = { kind: 'draft', caseId: CASE_ID, round: ROUND, revision: 7 } as const
const sealed = await sealFrame({ ...draft, content, keys })
const refused = refusedWith('seal.refused')
const KINDS: readonly FrameKind[] = ['package', 'draft', 'document-meta', 'answers', 'manifest']

test('the fixed frame opens', async () => {
  const opened = await openFrame(fromBase64url(vectors.raw.sealed), draft, keys)
  assert.deepEqual(opened, { round: 2, revision: 7, content: fromHex(vectors.raw.content) })
})

test('the fixed JSON frames open', async () => {
  for (const { kind, revision, value, sealed: file } of vectors.json) {
    const expected = { ...draft, kind: kind as FrameKind, revision }
    const opened = await openJsonFrame(fromBase64url(file), expected, keys)
    assert.deepEqual(opened, { round: 2, revision, value })
  }
})

test('any content comes back, also empty and with line ends', async () => {
  const property = fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
    const file = await sealFrame({ ...draft, content: bytes, keys })
    assert.deepEqual((await openFrame(file, draft, keys)).content, new Uint8Array(bytes))
  })
  await fc.assert(property, { numRuns: 10 })
})

test('a frame hides its content, and sealing twice gives different bytes', async () => {
  const again = await sealFrame({ ...draft, content, keys })
  assert.notDeepEqual(again, sealed)
  assert.equal(Buffer.from(sealed).includes('Guten Tag'), false)
  assert.equal(Buffer.from(sealed).includes(CASE_ID), false)
})

test('every flipped bit is refused', async () => {
  const bit = fc.integer({ min: 0, max: sealed.length * 8 - 1 })
  const property = fc.asyncProperty(bit, async (position) => {
    await assert.rejects(openFrame(flipped(sealed, position), draft, keys), refused)
  })
  await fc.assert(property, { numRuns: 60 })
})

test('every truncation and every appended byte is refused', async () => {
  const length = fc.integer({ min: 0, max: sealed.length - 1 })
  const property = fc.asyncProperty(length, async (end) => {
    await assert.rejects(openFrame(sealed.subarray(0, end), draft, keys), refused)
  })
  await fc.assert(property, { numRuns: 40 })
  await assert.rejects(openFrame(concat(sealed, Uint8Array.of(0)), draft, keys), refused)
})

test('no kind passes for another', async () => {
  for (const kind of KINDS) {
    const file = await sealFrame({ ...draft, kind, content, keys })
    for (const expected of KINDS) {
      const opening = openFrame(file, { ...draft, kind: expected }, keys)
      if (expected === kind) await opening
      else await assert.rejects(opening, refusedWith('seal.kind'))
    }
  }
})

test('another case, a later round and another revision are refused', async () => {
  const expectations = [
    [{ caseId: OTHER_CASE_ID }, 'seal.case'],
    [{ round: 1 }, 'seal.round'],
    [{ revision: 6 }, 'seal.revision'],
  ] as const
  for (const [other, code] of expectations) {
    await assert.rejects(openFrame(sealed, { ...draft, ...other }, keys), refusedWith(code))
  }
})

test('drafts and document metadata outlive a new PIN, packages and submissions do not', async () => {
  for (const kind of KINDS) {
    const file = await sealFrame({ ...draft, kind, content, keys })
    const opening = openFrame(file, { ...draft, kind, round: 3 }, keys)
    if (kind === 'draft' || kind === 'document-meta') assert.equal((await opening).round, 2)
    else await assert.rejects(opening, refusedWith('seal.round'))
  }
})

test("another case's keys open nothing", async () => {
  const others = await deriveCaseKeys(newCaseSecret())
  await assert.rejects(openFrame(sealed, draft, others), refused)
})

/** What somebody can make who learned the recipient (the portal, say) but not K. */
const forge = (plaintext: Uint8Array) => encryptFor(keys.recipient, plaintext)
const header = (fields: object) => utf8(`${JSON.stringify(fields)}\n`)
const guessedMac = toBase64url(new Uint8Array(32))

test('who knows only the recipient can plant nothing', async () => {
  const fields = { ep: 1, kind: 'draft', case: CASE_ID, round: 2, revision: 7, mac: guessedMac }
  const forgeries = [
    concat(header(fields), content),
    header(fields),
    utf8(''),
    utf8('\n'),
    content,
    utf8('null\n'),
    utf8('{}\n'),
    utf8('x'.repeat(5000)),
    concat(header({ ...fields, kind: '__proto__' }), content),
    concat(header({ ...fields, round: -1 }), content),
    concat(header({ ...fields, revision: '7' }), content),
    concat(header({ ...fields, mac: '' }), content),
  ]
  for (const plaintext of forgeries) {
    await assert.rejects(openFrame(await forge(plaintext), draft, keys), refused)
  }
})

test('a header spelt otherwise is refused, even with the right MAC', async () => {
  const message = label('ep1/mac', 'draft', CASE_ID, 2, 7, await sha256Hex(content))
  const mac = toBase64url(await hmacSha256(keys.macKeys.draft, message))
  const fields = { ep: 1, kind: 'draft', case: CASE_ID, round: 2, revision: 7, mac }
  const right = concat(header(fields), content)
  assert.deepEqual((await openFrame(await forge(right), draft, keys)).content, content)
  const others = [
    header({ ...fields, more: 1 }),
    utf8(`${JSON.stringify(Object.fromEntries(Object.entries(fields).toReversed()))}\n`),
    utf8(` ${JSON.stringify(fields)}\n`),
    utf8(`${JSON.stringify(fields)}\r\n`),
    header({ ...fields, ep: 2 }),
  ]
  for (const line of others) {
    await assert.rejects(openFrame(await forge(concat(line, content)), draft, keys), refused)
  }
})

test('the MAC of a draft does not make a submission', async () => {
  const message = label('ep1/mac', 'answers', CASE_ID, 2, 7, await sha256Hex(content))
  const mac = toBase64url(await hmacSha256(keys.macKeys.draft, message))
  const line = header({ ep: 1, kind: 'answers', case: CASE_ID, round: 2, revision: 7, mac })
  const file = await forge(concat(line, content))
  await assert.rejects(openFrame(file, { ...draft, kind: 'answers' }, keys), refused)
})

test('authentic frames whose content is no JSON are named as such', async () => {
  const meta = { ...draft, kind: 'document-meta' } as const
  const file = await sealFrame({ ...meta, content, keys })
  await assert.rejects(openJsonFrame(file, meta, keys), refusedWith('seal.json'))
  await assert.rejects(openJsonFrame(sealed, draft, keys), refusedWith('gzip.malformed'))
})
