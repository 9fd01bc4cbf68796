// Labels are what separates one purpose from another: they must be unambiguous.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { concat, fromUtf8, label, plain, utf8 } from './bytes.ts'

const field = fc.stringMatching(/^[a-z0-9/-]{0,8}$/)

test('different fields never give the same label', () => {
  fc.assert(
    fc.property(fc.array(field, { minLength: 1 }), fc.array(field, { minLength: 1 }), (a, b) => {
      const same = fromUtf8(label(...a)) === fromUtf8(label(...b))
      return same === (a.length === b.length && a.every((text, index) => text === b[index]))
    }),
  )
})

test('a field cannot smuggle in a separator, a blank, a line end or a letter beyond ASCII', () => {
  for (const bad of ['a|b', 'a b', 'a\nb', 'ä', '\0', '\x7f']) {
    assert.throws(() => label('ep1', bad), {
      name: 'TypeError',
      message: 'label: field not allowed',
    })
  }
})

test('plain copies shared memory and shares ordinary memory', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(2)).fill(7)
  assert.deepEqual(plain(shared), Uint8Array.of(7, 7))
  const part = Uint8Array.of(1, 2, 3, 4).subarray(1, 3)
  assert.deepEqual(plain(part), Uint8Array.of(2, 3))
  assert.equal(plain(part).buffer, part.buffer)
})

test('concat joins in order and fromUtf8 refuses what is not UTF-8', () => {
  assert.deepEqual(concat(utf8('a'), utf8(''), utf8('bc')), utf8('abc'))
  assert.throws(() => fromUtf8(Uint8Array.of(0xff)), TypeError)
})
