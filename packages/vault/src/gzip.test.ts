// Packing is lossless; unpacking neither trusts size nor form.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { refusedWith } from '../test/fixture.ts'
import { utf8 } from './bytes.ts'
import { gunzip, gzip } from './gzip.ts'

test('bytes come back', async () => {
  const bytes = fc.uint8Array({ maxLength: 5000 })
  const property = fc.asyncProperty(bytes, async (content) => {
    assert.deepEqual(await gunzip(await gzip(content)), new Uint8Array(content))
  })
  await fc.assert(property, { numRuns: 30 })
})

test('a bomb is stopped at the limit', async () => {
  const bomb = gzipSync(new Uint8Array(20 * 1024 * 1024))
  await assert.rejects(gunzip(bomb), refusedWith('gzip.tooLarge'))
  await assert.rejects(gunzip(await gzip(new Uint8Array(11)), 10), refusedWith('gzip.tooLarge'))
  assert.equal((await gunzip(await gzip(new Uint8Array(10)), 10)).length, 10)
})

test('what is no whole gzip file is refused', async () => {
  const packed = await gzip(utf8('Guten Tag'))
  for (const bad of [utf8('no gzip'), utf8(''), packed.subarray(0, -1), packed.subarray(1)]) {
    await assert.rejects(gunzip(bad), refusedWith('gzip.malformed'))
  }
})
