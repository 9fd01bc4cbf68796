// SHA-256 and Content-Digest against foreign vectors.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utf8 } from './bytes.ts'
import {
  contentDigestOf,
  makeContentDigest,
  parseContentDigest,
  sha256,
  sha256Hex,
  verifyContentDigest,
} from './digest.ts'

test('SHA-256 of "abc" is that of FIPS 180-4', async () => {
  const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  assert.equal(await sha256Hex(utf8('abc')), expected)
})

test('the header is that of RFC 9530, appendix B', async () => {
  const body = utf8('{"hello": "world"}\n')
  const header = 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:'
  assert.equal(await makeContentDigest(body), header)
  assert.deepEqual(parseContentDigest(header), await sha256(body))
  assert.equal(contentDigestOf(await sha256(body)), header)
  assert.equal(await verifyContentDigest(header, body), true)
  assert.equal(await verifyContentDigest(header, utf8('{}')), false)
})

test('a missing, malformed or other header verifies nothing', async () => {
  const empty = utf8('')
  const right = await makeContentDigest(empty)
  const sha512 = right.replace('256', '512')
  for (const bad of [
    undefined,
    '',
    'sha-256',
    sha512,
    `${right}, ${right}`,
    ` ${right}`,
    'sha-256=::',
  ]) {
    assert.equal(parseContentDigest(bad), undefined)
    assert.equal(await verifyContentDigest(bad, empty), false)
  }
})
