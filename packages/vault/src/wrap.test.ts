// The two wraps of the case secret open in their own place only.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CASE_ID, flipped, OTHER_CASE_ID, ROUND, refusedWith, SECRET } from '../test/fixture.ts'
import vectors from '../vectors/wraps.json' with { type: 'json' }
import { fromBase64url, fromHex, toBase64url, toHex } from './base64url.ts'
import { label } from './bytes.ts'
import { randomBytes } from './entropy.ts'
import { hkdfSha256 } from './hmac.ts'
import { decryptForResume, encryptForResume } from './resume.ts'
import { unwrapWithPin, wrapForPin } from './wrap.ts'

const { exportKey } = vectors
const refused = refusedWith('wrap.refused')

test('the vectors hold', async () => {
  const nonce = fromHex(vectors.nonce)
  assert.equal(await wrapForPin(exportKey, SECRET, CASE_ID, ROUND, nonce), vectors.forPin)
  const key = await hkdfSha256(fromBase64url(exportKey), label('ep1/wrap/pin'))
  assert.equal(toHex(key), vectors.pinWrappingKey)
  const secret = await unwrapWithPin(exportKey, vectors.forPin, CASE_ID, ROUND)
  assert.deepEqual(secret, SECRET)
})

test('wrapping twice gives different bytes that both open', async () => {
  const wraps = [
    await wrapForPin(exportKey, SECRET, CASE_ID, ROUND),
    await wrapForPin(exportKey, SECRET, CASE_ID, ROUND),
  ]
  assert.notEqual(wraps[0], wraps[1])
  for (const wrapped of wraps) {
    assert.equal(wrapped.length, 80)
    assert.deepEqual(await unwrapWithPin(exportKey, wrapped, CASE_ID, ROUND), SECRET)
  }
})

test('another export key, case or round opens nothing', async () => {
  const otherKey = toBase64url(randomBytes(64))
  await assert.rejects(unwrapWithPin(otherKey, vectors.forPin, CASE_ID, ROUND), refused)
  await assert.rejects(unwrapWithPin(exportKey, vectors.forPin, OTHER_CASE_ID, ROUND), refused)
  await assert.rejects(unwrapWithPin(exportKey, vectors.forPin, CASE_ID, ROUND - 1), refused)
})

test('every flipped bit and every truncation is refused', async () => {
  const wrapped = fromBase64url(vectors.forPin)
  const property = fc.asyncProperty(fc.integer({ min: 0, max: 479 }), async (bit) => {
    const altered = toBase64url(flipped(wrapped, bit))
    await assert.rejects(unwrapWithPin(exportKey, altered, CASE_ID, ROUND), refused)
    const cut = toBase64url(wrapped.subarray(0, bit % 60))
    await assert.rejects(unwrapWithPin(exportKey, cut, CASE_ID, ROUND), refused)
  })
  await fc.assert(property, { numRuns: 60 })
})

test('what lies in the tab opens only under its resume key, case and purpose', async () => {
  const { key, purpose, sealed } = vectors.resume
  assert.deepEqual(await decryptForResume(key, fromBase64url(sealed), CASE_ID, purpose), SECRET)
  const bytes = await encryptForResume(key, SECRET, CASE_ID, 'copy')
  assert.deepEqual(await decryptForResume(key, bytes, CASE_ID, 'copy'), SECRET)
  const refusedResume = refusedWith('resume.refused')
  const otherKey = toBase64url(randomBytes(32))
  await assert.rejects(decryptForResume(otherKey, bytes, CASE_ID, 'copy'), refusedResume)
  await assert.rejects(decryptForResume(key, bytes, OTHER_CASE_ID, 'copy'), refusedResume)
  await assert.rejects(decryptForResume(key, bytes, CASE_ID, 'secret'), refusedResume)
  await assert.rejects(decryptForResume(key, flipped(bytes, 8), CASE_ID, 'copy'), refusedResume)
})
