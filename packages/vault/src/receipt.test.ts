// Receipts, acknowledgements and bundles: each word of them is covered.
import assert from 'node:assert/strict'
import { createPrivateKey, sign } from 'node:crypto'
import { test } from 'node:test'
import { caseKeys, SIGNING_KEY } from '../test/fixture.ts'
import vectors from '../vectors/signatures.json' with { type: 'json' }
import { verifyAcknowledgement } from './acknowledgement.ts'
import { makeAcknowledgement } from './acknowledgement-making.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { verifyBundle } from './bundle-signature.ts'
import { signBundle } from './bundle-signing.ts'
import { utf8 } from './bytes.ts'
import { deriveCaseKeys, newCaseSecret } from './case-secret.ts'
import { keyIdOf, newSigningKey, signEd25519, verifyEd25519 } from './ed25519.ts'
import { newReceiptKey, signReceipt, verifyReceipt } from './receipt.ts'

const { receipt } = vectors
const keys = await caseKeys()

/** The receipt with each of its fields altered in turn. */
const alterations = Object.entries({
  caseId: 'c0123456789b',
  round: 3,
  receiptNumber: '2026-7KQ4-M2XE',
  receivedAt: '2026-11-22T12:00:01.234Z',
  manifestSha256: 'ab'.repeat(32),
  signature: toBase64url(new Uint8Array(64)),
  keyId: '0000000000000000',
}).map(([field, value]) => ({ ...receipt, [field]: value }))

test('the fixed receipt verifies, and signing again gives the same', async () => {
  assert.equal(await verifyReceipt(receipt, [SIGNING_KEY]), true)
  assert.deepEqual(await signReceipt(receipt, SIGNING_KEY), receipt)
})

test("Node's own Ed25519 signs the same bytes", () => {
  const { caseId, round, receiptNumber, receivedAt, manifestSha256, keyId } = receipt
  const message = `ep1/receipt|${caseId}|${round}|${receiptNumber}|${receivedAt}|${manifestSha256}|${keyId}`
  const pkcs8 = `302e020100300506032b657004220420${Buffer.from(SIGNING_KEY.privateKey, 'base64url').toString('hex')}`
  const key = createPrivateKey({ key: Buffer.from(pkcs8, 'hex'), format: 'der', type: 'pkcs8' })
  assert.equal(sign(null, Buffer.from(message), key).toString('base64url'), receipt.signature)
})

test('no field of a receipt can be altered', async () => {
  for (const altered of alterations) {
    assert.equal(await verifyReceipt(altered, [SIGNING_KEY]), false)
  }
})

test('another key, no key, a malformed key or signature verifies nothing', async () => {
  const other = await newReceiptKey()
  assert.equal(await verifyReceipt(receipt, [other]), false)
  assert.equal(await verifyReceipt(receipt, [{ ...other, keyId: receipt.keyId }]), false)
  assert.equal(await verifyReceipt(receipt, [{ keyId: receipt.keyId, publicKey: 'x' }]), false)
  assert.equal(await verifyReceipt({ ...receipt, signature: 'x' }, [SIGNING_KEY]), false)
  assert.equal(await verifyReceipt({ ...receipt, caseId: 'a|b' }, [SIGNING_KEY]), false)
})

test('a browser whose WebCrypto has no Ed25519 tells true from false all the same', async (t) => {
  // The platform, not our own code: older browsers answer so.
  t.mock.method(crypto.subtle, 'importKey', async () => {
    throw new DOMException('Unrecognized name.', 'NotSupportedError')
  })
  assert.equal(await verifyReceipt(receipt, [SIGNING_KEY]), true)
  for (const altered of alterations) {
    assert.equal(await verifyReceipt(altered, [SIGNING_KEY]), false)
  }
  const noPoint = { ...SIGNING_KEY, publicKey: toBase64url(new Uint8Array(32).fill(255)) }
  assert.equal(await verifyReceipt(receipt, [noPoint]), false)
})

test('a new key signs and verifies, and its id belongs to its public half', async () => {
  const key = await newSigningKey()
  const signature = await signEd25519(key.privateKey, utf8('text'))
  assert.equal(await verifyEd25519(key.publicKey, utf8('text'), signature), true)
  assert.equal(await verifyEd25519(key.publicKey, utf8('texT'), signature), false)
  assert.equal(key.keyId, await keyIdOf(fromBase64url(key.publicKey)))
})

test('the fixed acknowledgement verifies, for its receipt only', async () => {
  const { acknowledgement } = vectors
  assert.equal(await makeAcknowledgement(receipt, keys), acknowledgement)
  assert.equal(await verifyAcknowledgement(receipt, acknowledgement, keys), true)
  for (const altered of alterations.slice(0, 3)) {
    assert.equal(await verifyAcknowledgement(altered, acknowledgement, keys), false)
  }
})

test('the portal, which does not know K, acknowledges nothing', async () => {
  const others = await deriveCaseKeys(newCaseSecret())
  const guessed = await makeAcknowledgement(receipt, others)
  for (const bad of [guessed, '', 'x', toBase64url(new Uint8Array(32))]) {
    assert.equal(await verifyAcknowledgement(receipt, bad, keys), false)
  }
})

test('the fixed bundle verifies, altered lists and other keys do not', async () => {
  const manifest = utf8(vectors.bundle.manifest)
  const { signature } = vectors.bundle
  assert.equal(await signBundle(SIGNING_KEY, manifest), signature)
  assert.equal(await verifyBundle(SIGNING_KEY.publicKey, manifest, `${signature}\n`), true)
  assert.equal(await verifyBundle(SIGNING_KEY.publicKey, utf8('{}'), signature), false)
  assert.equal(await verifyBundle((await newSigningKey()).publicKey, manifest, signature), false)
  assert.equal(await verifyBundle(SIGNING_KEY.publicKey, manifest, ''), false)
})

test('a receipt is no bundle: signatures of one purpose do not serve another', async () => {
  const { signature } = receipt
  assert.equal(
    await verifyBundle(SIGNING_KEY.publicKey, utf8(vectors.bundle.manifest), signature),
    false,
  )
})
