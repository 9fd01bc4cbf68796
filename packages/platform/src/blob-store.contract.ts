// The behaviours that every blob store must have; each implementation's test file runs this suite.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type BlobStore, type ListedBlob, readBlob } from './blob-store.ts'

const LIMIT = { maxBytes: 1024 * 1024 }
const KEY = 'c0000000001/d-0'
/** SHA-256 of `abc` (FIPS 180-2, appendix B.1). */
const ABC_SHA256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
const abc = () => [Buffer.from('a'), Buffer.from('bc')]

async function listed(store: BlobStore, group?: string): Promise<readonly ListedBlob[]> {
  const found: ListedBlob[] = []
  for await (const blob of store.list(group)) found.push(blob)
  return found.sort((a, b) => a.key.localeCompare(b.key))
}

export function blobStoreContract(makeStore: () => Promise<BlobStore>): void {
  test('what was put comes back with its size and digest', async () => {
    const store = await makeStore()
    const stored = await store.put(KEY, abc(), LIMIT)
    assert.deepEqual(stored, { ok: true, value: { size: 3, sha256: ABC_SHA256 } })
    assert.equal(Buffer.from((await readBlob(store, KEY)) ?? []).toString(), 'abc')
    assert.equal(await store.size(KEY), 3)
  })

  test('an empty blob is a blob', async () => {
    const store = await makeStore()
    assert.ok((await store.put(KEY, [], LIMIT)).ok)
    assert.equal((await readBlob(store, KEY))?.length, 0)
  })

  test('what is not there is undefined, and deleting it is no mistake', async () => {
    const store = await makeStore()
    assert.equal(await store.get(KEY), undefined)
    assert.equal(await store.size(KEY), undefined)
    await store.delete(KEY)
    await store.deleteGroup('c0000000001')
  })

  test('the same bytes again succeed, others are refused and change nothing', async () => {
    const store = await makeStore()
    await store.put(KEY, abc(), LIMIT)
    assert.ok((await store.put(KEY, abc(), LIMIT)).ok)
    const other = await store.put(KEY, [Buffer.from('other')], LIMIT)
    assert.deepEqual(other, { ok: false, error: 'blob.differs' })
    assert.equal(Buffer.from((await readBlob(store, KEY)) ?? []).toString(), 'abc')
  })

  test('of many writers of one key exactly one content wins', async () => {
    const store = await makeStore()
    const texts = ['one', 'two', 'three', 'four', 'five', 'six']
    const results = await Promise.all(
      texts.map((text) => store.put(KEY, [Buffer.from(text)], LIMIT)),
    )
    const winners = texts.filter((_, index) => results[index]?.ok)
    assert.equal(winners.length, 1)
    assert.equal(Buffer.from((await readBlob(store, KEY)) ?? []).toString(), winners[0])
  })

  test('too many bytes leave nothing behind', async () => {
    const store = await makeStore()
    const result = await store.put(KEY, abc(), { maxBytes: 2 })
    assert.deepEqual(result, { ok: false, error: 'blob.tooLarge' })
    assert.deepEqual(await listed(store), [])
  })

  test('another digest than announced leaves nothing behind', async () => {
    const store = await makeStore()
    const result = await store.put(KEY, abc(), { ...LIMIT, sha256: '0'.repeat(64) })
    assert.deepEqual(result, { ok: false, error: 'blob.digest' })
    assert.ok((await store.put(KEY, abc(), { ...LIMIT, sha256: ABC_SHA256 })).ok)
  })

  test('a body that breaks off leaves nothing behind', async () => {
    const store = await makeStore()
    const broken = async function* () {
      yield Buffer.from('half')
      throw new Error('connection lost')
    }
    await assert.rejects(store.put(KEY, broken(), LIMIT), /connection lost/)
    assert.equal(await store.get(KEY), undefined)
    assert.deepEqual(await listed(store), [])
  })

  test('a list names everything or one group', async () => {
    const store = await makeStore()
    for (const key of ['a/1', 'a/2', 'b/1', 'b/sub/2']) await store.put(key, abc(), LIMIT)
    const keys = async (group?: string) => (await listed(store, group)).map(({ key }) => key)
    assert.deepEqual(await keys(), ['a/1', 'a/2', 'b/1', 'b/sub/2'])
    assert.deepEqual(await keys('b'), ['b/1', 'b/sub/2'])
    assert.deepEqual(await keys('none'), [])
    const [first] = await listed(store)
    assert.equal(first?.size, 3)
    assert.ok(Math.abs((first?.writtenAt.getTime() ?? 0) - Date.now()) < 60_000)
  })

  test('deleting one blob or one group touches nothing else', async () => {
    const store = await makeStore()
    for (const key of ['a/1', 'a/2', 'ab/1', 'b/1']) await store.put(key, abc(), LIMIT)
    await store.delete('a/1')
    await store.deleteGroup('b')
    assert.deepEqual(
      (await listed(store)).map(({ key }) => key),
      ['a/2', 'ab/1'],
    )
    assert.ok((await store.put('a/1', abc(), LIMIT)).ok)
  })

  test('putting into a group while its last blob is deleted loses nothing', async () => {
    const store = await makeStore()
    for (let round = 0; round < 20; round += 1) {
      await store.put('g/old', abc(), LIMIT)
      const [, put] = await Promise.all([store.delete('g/old'), store.put('g/new', abc(), LIMIT)])
      assert.ok(put.ok)
      assert.equal(await store.size('g/new'), 3)
      await store.delete('g/new')
    }
  })

  for (const key of [
    '',
    '../x',
    'a/../b',
    '/etc/passwd',
    'a//b',
    'A',
    '.tmp-1',
    'a/.b',
    'a\0b',
    'ä',
  ]) {
    test(`the key ${JSON.stringify(key)} is refused by every call`, async () => {
      const store = await makeStore()
      const refused = { name: 'RangeError' }
      await assert.rejects(async () => store.put(key, [], LIMIT), refused)
      await assert.rejects(async () => store.get(key), refused)
      await assert.rejects(async () => store.delete(key), refused)
      await assert.rejects(async () => store.deleteGroup(key === 'a' ? '' : key), refused)
    })
  }

  test('check succeeds where blobs can be put', async () => {
    await (await makeStore()).check()
  })
}
