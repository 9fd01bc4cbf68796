// One text for one value, in both directions.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { refusedWith } from '../test/fixture.ts'
import { fromBase64url, fromHex, toBase64url, toHex } from './base64url.ts'

test('bytes come back from base64url and hex', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      assert.deepEqual(fromBase64url(toBase64url(bytes)), new Uint8Array(bytes))
      assert.deepEqual(fromHex(toHex(bytes)), new Uint8Array(bytes))
    }),
  )
})

test('Node encodes the same', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
  assert.equal(toBase64url(bytes), Buffer.from(bytes).toString('base64url'))
  assert.equal(toHex(bytes), Buffer.from(bytes).toString('hex'))
})

test('padding, other alphabets, blanks and stray bits are refused', () => {
  for (const bad of ['AA==', 'A', 'AB', '+A', 'A A', 'AA\n', 'ä']) {
    assert.throws(() => fromBase64url(bad), refusedWith('encoding.base64url'))
  }
  for (const bad of ['0', 'AB', 'xy', '0x00', ' 00']) {
    assert.throws(() => fromHex(bad), refusedWith('encoding.hex'))
  }
})

test('a wrong length is refused when a length is asked for', () => {
  assert.equal(fromBase64url('AAAA', 3).length, 3)
  assert.throws(() => fromBase64url('AAAA', 4), refusedWith('encoding.base64url'))
})
