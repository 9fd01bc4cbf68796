// The key file: made once, readable by its owner only, and old wraps survive a new key.
import assert from 'node:assert/strict'
import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { CASE_ID, flipped, OTHER_CASE_ID, refusedWith, SECRET } from '../test/fixture.ts'
import vectors from '../vectors/wraps.json' with { type: 'json' }
import { newDataKey, unwrapDataKey } from './at-rest.ts'
import { fromBase64url, fromHex, toBase64url, toHex } from './base64url.ts'
import { addFileKey, openFileKeyProvider } from './file-key-provider-node.ts'
import { unwrapForOffice, wrapForOffice } from './kek.ts'
import { createSecretFile, readSecretFile, replaceSecretFile } from './secret-file-node.ts'

const folder = await mkdtemp(join(tmpdir(), 'vault-kek-'))
after(() => rm(folder, { recursive: true }))
const path = join(folder, 'kek.json')

test('the first start makes the file with mode 0600, the second finds the same key', async () => {
  const first = await openFileKeyProvider(path)
  const second = await openFileKeyProvider(path)
  assert.equal(first.currentId, second.currentId)
  assert.equal((await stat(path)).mode & 0o777, 0o600)
  assert.deepEqual(await readdir(folder), ['kek.json'])
})

test('many first starts at once agree on one key', async () => {
  const shared = join(folder, 'race.json')
  const providers = await Promise.all(Array.from({ length: 8 }, () => openFileKeyProvider(shared)))
  assert.equal(new Set(providers.map(({ currentId }) => currentId)).size, 1)
})

test('a wrap opens for its case only', async () => {
  const provider = await openFileKeyProvider(path)
  const wrap = await wrapForOffice(provider, SECRET, CASE_ID)
  assert.deepEqual(await unwrapForOffice(provider, wrap, CASE_ID), SECRET)
  const refused = refusedWith('kek.refused')
  await assert.rejects(unwrapForOffice(provider, wrap, OTHER_CASE_ID), refused)
  const altered = { ...wrap, wrapped: flipped(wrap.wrapped, 200) }
  await assert.rejects(unwrapForOffice(provider, altered, CASE_ID), refused)
  const unknown = { ...wrap, kekId: 'kek-other' }
  await assert.rejects(unwrapForOffice(provider, unknown, CASE_ID), refusedWith('kek.unknown'))
})

test("a data key's wrap is no wrap of the case secret", async () => {
  const provider = await openFileKeyProvider(path)
  const { dataKey, wrap } = await newDataKey(provider, CASE_ID)
  assert.deepEqual(await unwrapDataKey(provider, wrap, CASE_ID), dataKey)
  await assert.rejects(unwrapForOffice(provider, wrap, CASE_ID), refusedWith('kek.refused'))
})

test('after a new key the old wraps still open and new ones name the new key', async () => {
  const before = await openFileKeyProvider(path)
  const wrap = await wrapForOffice(before, SECRET, CASE_ID)
  const grown = await addFileKey(path)
  assert.notEqual(grown.currentId, before.currentId)
  assert.deepEqual(await unwrapForOffice(await openFileKeyProvider(path), wrap, CASE_ID), SECRET)
  assert.equal((await wrapForOffice(grown, SECRET, CASE_ID)).kekId, grown.currentId)
})

test('the vectors open', async () => {
  const file = join(folder, 'vectors.json')
  const keys = { v: toBase64url(fromHex(vectors.kek)) }
  await createSecretFile(file, JSON.stringify({ current: 'v', keys }))
  const provider = await openFileKeyProvider(file)
  const wrapOf = (wrapped: string) => ({ kekId: 'v', wrapped: fromBase64url(wrapped) })
  const secret = await unwrapForOffice(provider, wrapOf(vectors.forOffice), CASE_ID)
  assert.deepEqual(secret, SECRET)
  const dataKey = await unwrapDataKey(provider, wrapOf(vectors.dataKeyWrapped), CASE_ID)
  assert.equal(toHex(dataKey), vectors.dataKey)
})

test('a key file that others may read, a link or a folder is refused', async () => {
  const open = join(folder, 'open.json')
  await createSecretFile(open, '{}')
  await chmod(open, 0o640)
  await assert.rejects(openFileKeyProvider(open), refusedWith('secretFile.mode'))
  const linked = join(folder, 'linked.json')
  await symlink(path, linked)
  await assert.rejects(openFileKeyProvider(linked), refusedWith('secretFile.kind'))
  await assert.rejects(readSecretFile(folder), refusedWith('secretFile.kind'))
})

test('a damaged key file is refused without quoting it, and adding needs a file', async () => {
  const damaged = join(folder, 'damaged.json')
  const contents = [
    '',
    '{',
    '{}',
    '{"current":"a","keys":{"a":"short"}}',
    '{"current":"a","keys":{}}',
  ]
  for (const content of contents) {
    await replaceSecretFile(damaged, content)
    await assert.rejects(openFileKeyProvider(damaged), refusedWith('kek.file'))
  }
  await assert.rejects(addFileKey(join(folder, 'missing.json')), refusedWith('kek.file'))
})

test('a secret file is created once, replaced whole, and leaves nothing behind', async () => {
  const file = join(folder, 'secret.json')
  assert.equal(await readSecretFile(file), undefined)
  assert.equal(await createSecretFile(file, 'one'), true)
  assert.equal(await createSecretFile(file, 'two'), false)
  assert.equal(await readSecretFile(file), 'one')
  await replaceSecretFile(file, 'three')
  assert.equal(await readFile(file, 'utf8'), 'three')
  assert.equal((await stat(file)).mode & 0o777, 0o600)
  assert.equal(
    (await readdir(folder)).some((name) => name.endsWith('.tmp')),
    false,
  )
})

test('errors of the file system come through', async () => {
  await writeFile(join(folder, 'file'), '')
  await assert.rejects(readSecretFile(join(folder, 'file', 'x')), { code: 'ENOTDIR' })
  await assert.rejects(createSecretFile(join(folder, 'no', 'x'), ''), { code: 'ENOENT' })
})
