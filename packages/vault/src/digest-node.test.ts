// Digests over streams equal digests over bytes.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { toHex } from './base64url.ts'
import { utf8 } from './bytes.ts'
import { sha256, sha256Hex } from './digest.ts'
import { digestFile, digesting, newStreamDigest, sha256HexNow } from './digest-node.ts'

const chunks = [utf8('ab'), utf8(''), utf8('c')]

test('a stream passes through unchanged, counted and digested', async () => {
  const digest = newStreamDigest()
  const passed = await buffer(Readable.from(chunks).pipe(digesting(digest)))
  assert.equal(passed.toString(), 'abc')
  assert.equal(digest.size(), 3)
  assert.deepEqual(digest.digest(), await sha256(utf8('abc')))
})

test('bytes that are all there have the same digest at once', async () => {
  for (const bytes of [...chunks, new Uint8Array(9000)]) {
    assert.equal(sha256HexNow(bytes), await sha256Hex(bytes))
  }
})

test('a file is digested without being read whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vault-'))
  try {
    const content = new Uint8Array(200_000).fill(1)
    await writeFile(join(folder, 'f'), content)
    const { size, sha256: digest } = await digestFile(join(folder, 'f'))
    assert.equal(size, content.length)
    assert.equal(toHex(digest), await sha256Hex(content))
    await assert.rejects(digestFile(join(folder, 'missing')), { code: 'ENOENT' })
  } finally {
    await rm(folder, { recursive: true })
  }
})
