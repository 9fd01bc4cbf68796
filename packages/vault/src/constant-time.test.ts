// The comparison of secrets is an ordinary equality, seen from outside.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { equalBytes, equalText } from './constant-time.ts'

test('equal exactly when the bytes are equal', () => {
  const bytes = fc.uint8Array({ maxLength: 8, max: 2 })
  fc.assert(
    fc.property(bytes, bytes, (left, right) => {
      assert.equal(equalBytes(left, right), Buffer.compare(left, right) === 0)
      assert.equal(equalBytes(left, left.slice()), true)
    }),
  )
})

test('texts of different length or content differ', () => {
  assert.equal(equalText('abc', 'abc'), true)
  assert.equal(equalText('abc', 'abd'), false)
  assert.equal(equalText('abc', 'ab'), false)
})
