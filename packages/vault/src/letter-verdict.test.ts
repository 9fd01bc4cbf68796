// The promises about verdicts: a signature holds for one letter, one file, one page count, and nothing else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newSigningKey } from './ed25519.ts'
import { signVerdict, verifyVerdict } from './letter-verdict.ts'

const verdict = { letterId: 'c4k7m2q9x0ab-1', sha256: 'a'.repeat(64), pages: 2, sampled: true }

test('a verdict holds for exactly its letter', async () => {
  const key = await newSigningKey()
  const signature = await signVerdict(key, verdict)
  assert.equal(await verifyVerdict(key.publicKey, verdict, signature), true)
  for (const change of [
    { letterId: 'c4k7m2q9x0ab-2' },
    { sha256: 'b'.repeat(64) },
    { pages: 3 },
    { sampled: false },
  ]) {
    assert.equal(await verifyVerdict(key.publicKey, { ...verdict, ...change }, signature), false)
  }
  const other = await newSigningKey()
  assert.equal(await verifyVerdict(other.publicKey, verdict, signature), false)
  assert.equal(await verifyVerdict(key.publicKey, verdict, 'no signature'), false)
})
