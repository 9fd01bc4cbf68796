// The keys of a case against the fixed vectors and a second implementation.
import assert from 'node:assert/strict'
import { hkdfSync } from 'node:crypto'
import { test } from 'node:test'
import { identityToRecipient } from 'age-encryption'
import { caseKeys, refusedWith } from '../test/fixture.ts'
import vectors from '../vectors/case-keys.json' with { type: 'json' }
import { toHex } from './base64url.ts'
import { caseSecretFrom, deriveCaseKeys, newCaseSecret } from './case-secret.ts'

test('identity, recipient and MAC keys are those of the vectors', async () => {
  const { identity, recipient, macKeys } = await caseKeys()
  assert.equal(identity, vectors.identity)
  assert.equal(recipient, vectors.recipient)
  assert.equal(await identityToRecipient(vectors.identity), vectors.recipient)
  const hex = Object.fromEntries(Object.entries(macKeys).map(([name, key]) => [name, toHex(key)]))
  assert.deepEqual(hex, vectors.macKeys)
})

test("Node's own HKDF derives the same", () => {
  const derive = (info: string) =>
    Buffer.from(hkdfSync('sha256', Buffer.from(vectors.secret, 'hex'), '', info, 32)).toString(
      'hex',
    )
  assert.equal(derive('ep1/identity'), vectors.seed)
  for (const [name, key] of Object.entries(vectors.macKeys)) {
    assert.equal(derive(`ep1/mac/${name}`), key)
  }
})

test('two cases share no key, and no two keys of a case are the same', async () => {
  const [one, two] = await Promise.all([newCaseSecret(), newCaseSecret()].map(deriveCaseKeys))
  const all = [one, two].flatMap((keys) => Object.values(keys?.macKeys ?? {}).map(toHex))
  assert.equal(new Set([...all, one?.recipient, two?.recipient]).size, 10)
})

test('a secret of another length is refused', () => {
  assert.throws(() => caseSecretFrom(new Uint8Array(31)), refusedWith('secret.length'))
})
