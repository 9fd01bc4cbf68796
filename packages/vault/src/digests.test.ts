// The login's pseudonyms against the fixed vectors.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseSecondFactor } from '@einmal-pin/domain/second-factor'
import { CARD, KVNR, parsed } from '../test/fixture.ts'
import vectors from '../vectors/digests.json' with { type: 'json' }
import { toHex } from './base64url.ts'
import { utf8 } from './bytes.ts'
import { sha256Hex } from './digest.ts'
import { birthDigest, cardDigest, identityDigest, secondFactorDigest } from './digests.ts'

test('the identity digest is the SHA-256 of its fields', async () => {
  assert.equal(toHex(await identityDigest(KVNR, '47')), vectors.identity.sha256)
  assert.equal(await sha256Hex(utf8(vectors.identity.input)), vectors.identity.sha256)
})

test('card and birth date give their digests, whichever way they were typed', async () => {
  assert.equal(toHex(await cardDigest(KVNR, '600123')), vectors.card.sha256)
  assert.equal(toHex(await secondFactorDigest(KVNR, CARD)), vectors.card.sha256)
  assert.equal(await sha256Hex(utf8(vectors.card.input)), vectors.card.sha256)
  assert.equal(toHex(await birthDigest(KVNR, '19800201')), vectors.birth.sha256)
  for (const typed of ['01.02.1980', '01021980', '1.2.1980']) {
    const factor = parsed(parseSecondFactor(typed, 6))
    assert.equal(toHex(await secondFactorDigest(KVNR, factor)), vectors.birth.sha256)
  }
  assert.equal(await sha256Hex(utf8(vectors.birth.input)), vectors.birth.sha256)
})
