// Ranges as players ask for them, and as nobody should.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byteRange } from './byte-range.ts'

test('a single range is cut to the file, everything else is the whole file or outside of it', () => {
  for (const [header, size, expected] of [
    ['bytes=0-', 100, { first: 0, last: 99 }],
    ['bytes=0-1', 100, { first: 0, last: 1 }],
    ['bytes=10-9999', 100, { first: 10, last: 99 }],
    ['bytes=99-99', 100, { first: 99, last: 99 }],
    ['bytes=-5', 100, { first: 95, last: 99 }],
    ['bytes=-500', 100, { first: 0, last: 99 }],
    ['bytes=100-', 100, 'outside'],
    ['bytes=-0', 100, 'outside'],
    ['bytes=0-', 0, 'outside'],
    ['bytes=9-1', 100, 'whole'],
    ['bytes=0-1,5-9', 100, 'whole'],
    ['bytes=-', 100, 'whole'],
    ['bytes= 0-1', 100, 'whole'],
    ['items=0-1', 100, 'whole'],
    ['', 100, 'whole'],
    [undefined, 100, 'whole'],
    [`bytes=${'9'.repeat(40)}-`, 100, 'whole'],
  ] as const) {
    assert.deepEqual(byteRange(header, size), expected, header)
  }
})
