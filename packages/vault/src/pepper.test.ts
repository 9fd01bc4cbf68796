// Keyed pseudonyms against the fixed vectors, and that purposes do not mix.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { test } from 'node:test'
import vectors from '../vectors/digests.json' with { type: 'json' }
import { fromHex, toHex } from './base64url.ts'
import { dailyNetworkKey, networkPseudonym, pepperIdentity, pepperSecondFactor } from './pepper.ts'

const pepper = fromHex(vectors.pepper)
const identity = fromHex(vectors.identity.sha256)

test('the vectors hold, and Node computes the same', async () => {
  assert.equal(toHex(await pepperIdentity(pepper, identity)), vectors.pepperedIdentity)
  const factor = await pepperSecondFactor(pepper, fromHex(vectors.card.sha256))
  assert.equal(toHex(factor), vectors.pepperedSecondFactor)
  const node = createHmac('sha256', pepper).update('ep1/pepper/identity|').update(identity)
  assert.equal(node.digest('hex'), vectors.pepperedIdentity)
})

test('one digest under two purposes gives two pseudonyms', async () => {
  const one = await pepperIdentity(pepper, identity)
  assert.notDeepEqual(one, await pepperSecondFactor(pepper, identity))
})

test('a network has one pseudonym a day and another the next', async () => {
  const key = await dailyNetworkKey(pepper, vectors.day)
  assert.equal(toHex(key), vectors.dailyNetworkKey)
  assert.equal(toHex(await networkPseudonym(key, vectors.network)), vectors.networkPseudonym)
  const tomorrow = await dailyNetworkKey(pepper, '2026-11-24')
  assert.notEqual(
    toHex(await networkPseudonym(tomorrow, vectors.network)),
    vectors.networkPseudonym,
  )
  assert.equal((await networkPseudonym(key, '2001:db8:1:2::/64')).length, 32)
})

test('a digest as text instead of bytes, or a short pepper, is a bug and throws', async () => {
  assert.throws(() => pepperIdentity(pepper, new Uint8Array(43)), TypeError)
  await assert.rejects(pepperIdentity(new Uint8Array(16), identity), TypeError)
})
