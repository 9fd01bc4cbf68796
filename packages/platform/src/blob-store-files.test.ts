// The blob store on the file system keeps the promises of the port, and what only files can show.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { blobStoreContract } from './blob-store.contract.ts'
import { readBlob } from './blob-store.ts'
import { makeFileBlobStore } from './blob-store-files.ts'

const base = await mkdtemp(join(tmpdir(), 'ep-blobs-'))
after(() => rm(base, { recursive: true, force: true }))

const freshRoot = () => mkdtemp(join(base, 'store-'))

blobStoreContract(async () => makeFileBlobStore(await freshRoot()))

test('blobs are readable by their owner alone', async () => {
  const root = await freshRoot()
  await makeFileBlobStore(root).put('a/1', [Buffer.from('x')], { maxBytes: 1 })
  assert.equal((await stat(join(root, 'a/1'))).mode & 0o777, 0o600)
  assert.equal((await stat(join(root, 'a'))).mode & 0o777, 0o700)
})

test('an erased group leaves no folder with its name', async () => {
  const root = await freshRoot()
  const store = makeFileBlobStore(root)
  await store.put('case/1', [Buffer.from('x')], { maxBytes: 1 })
  await store.delete('case/1')
  await store.put('other/1', [Buffer.from('x')], { maxBytes: 1 })
  await store.deleteGroup('other')
  assert.deepEqual(await readdir(root), [])
})

test('the sweeper removes half-written files that are old, and no blob', async () => {
  const root = await freshRoot()
  const store = makeFileBlobStore(root)
  await store.put('a/1', [Buffer.from('x')], { maxBytes: 1 })
  for (const name of ['.tmp-1-1', '.tmp-1-2']) await writeFile(join(root, name), 'half')
  await utimes(join(root, '.tmp-1-1'), new Date(0), new Date(0))
  assert.equal(await store.sweep(60_000), 1)
  assert.deepEqual((await readdir(root)).sort(), ['.tmp-1-2', 'a'])
})

const WRITER = `
  import { makeFileBlobStore } from ${JSON.stringify(import.meta.resolve('./blob-store-files.ts'))}
  const store = makeFileBlobStore(process.argv[1])
  for (let n = 0; ; n += 1) {
    await store.put('g/' + n, [Buffer.alloc(20_000, n)], { maxBytes: 20_000 })
    process.stdout.write(n + '\\n')
  }
`

test('a writer killed at any moment has every blob that it acknowledged, whole', async () => {
  for (let round = 0; round < 4; round += 1) {
    const root = await freshRoot()
    const args = ['--input-type=module', '-e', WRITER, root]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output.split('\n').length > 10 + round * 7) child.kill('SIGKILL')
    })
    await once(child, 'close')
    const store = makeFileBlobStore(root)
    const acknowledged = output.split('\n').slice(0, -1).map(Number)
    assert.ok(acknowledged.length >= 10)
    for (const n of acknowledged) {
      const bytes = await readBlob(store, `g/${n}`)
      assert.ok(bytes !== undefined && Buffer.alloc(20_000, n).equals(bytes))
    }
  }
})
