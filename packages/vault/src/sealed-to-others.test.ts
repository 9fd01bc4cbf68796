// What is sealed to the office's request key and to the print centre.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseSecondFactor } from '@einmal-pin/domain/second-factor'
import { CARD, flipped, KVNR, parsed, refusedWith } from '../test/fixture.ts'
import vectors from '../vectors/sealed-to-others.json' with { type: 'json' }
import { encryptFor, newSealingPair, pairFromSeed, recipientOf } from './age.ts'
import { fromBase64url, fromHex } from './base64url.ts'
import { utf8 } from './bytes.ts'
import { sha256Hex } from './digest.ts'
import { openLetter } from './letter-opening.ts'
import { sealLetter } from './letter-seal.ts'
import { PIN_REQUEST_BYTES, PIN_REQUEST_SEALED_BYTES, sealPinRequest } from './pin-request.ts'
import { openPinRequest } from './pin-request-opening.ts'

const { identity, recipient } = vectors

test('the pair of the vectors comes from its seed', async () => {
  assert.deepEqual(await pairFromSeed(fromHex(vectors.seed)), { identity, recipient })
  assert.equal(await recipientOf(identity), recipient)
})

test('the fixed order for a new PIN opens', async () => {
  const opened = await openPinRequest(identity, fromBase64url(vectors.pinRequest.sealed))
  assert.deepEqual(opened, vectors.pinRequest.value)
})

test('every order has the same size, whoever orders with whatever', async () => {
  const birth = parsed(parseSecondFactor('01.02.1980', 6))
  for (const secondFactor of [CARD, birth]) {
    const sealed = await sealPinRequest(recipient, { kvnr: KVNR, secondFactor })
    assert.equal(sealed.length, PIN_REQUEST_SEALED_BYTES)
    assert.deepEqual(await openPinRequest(identity, sealed), { kvnr: KVNR, secondFactor })
  }
})

test('what is no well-formed order is nothing, and no exception', async () => {
  const order = (value: unknown) =>
    encryptFor(recipient, utf8(JSON.stringify(value).padEnd(PIN_REQUEST_BYTES)))
  const right = { ep: 1, kvnr: KVNR, secondFactor: CARD }
  const bad = [
    utf8('no age file'),
    flipped(fromBase64url(vectors.pinRequest.sealed), 9000),
    await encryptFor(recipient, utf8(JSON.stringify(right))),
    await encryptFor(recipient, new Uint8Array(PIN_REQUEST_BYTES)),
    await order(null),
    await order({ ...right, ep: 2 }),
    await order({ ...right, kvnr: 'T123456781' }),
    await order({ ...right, secondFactor: null }),
    await order({ ...right, secondFactor: { kind: 'pin', digits: '1' } }),
    await order({ ...right, secondFactor: { kind: 'birth', date: '1980' } }),
  ]
  for (const sealed of bad) assert.equal(await openPinRequest(identity, sealed), undefined)
  const others = await newSealingPair()
  const sealed = fromBase64url(vectors.pinRequest.sealed)
  assert.equal(await openPinRequest(others.identity, sealed), undefined)
})

test('the fixed letter opens', async () => {
  const { sealed, sha256, content } = vectors.letter
  assert.deepEqual(await openLetter(identity, fromBase64url(sealed), sha256), fromHex(content))
})

test('a letter opens only with its key and only as the one that the bundle names', async () => {
  const sealed = await sealLetter(recipient, utf8('letter'))
  const sha256 = await sha256Hex(sealed)
  const other = await sealLetter(recipient, utf8('other letter'))
  await assert.rejects(openLetter(identity, other, sha256), refusedWith('letter.differs'))
  const { identity: foreign } = await newSealingPair()
  await assert.rejects(openLetter(foreign, sealed, sha256), refusedWith('seal.refused'))
})

test('malformed keys are named without being quoted', async () => {
  await assert.rejects(sealLetter('age1nonsense', utf8('')), refusedWith('age.recipient'))
  await assert.rejects(recipientOf('AGE-SECRET-KEY-1NONSENSE'), refusedWith('age.identity'))
  await assert.rejects(openPinRequestWithBadIdentity(), refusedWith('seal.refused'))
})

const openPinRequestWithBadIdentity = async () => {
  const sealed = fromBase64url(vectors.letter.sealed)
  return openLetter('AGE-SECRET-KEY-1NONSENSE', sealed, vectors.letter.sha256)
}
