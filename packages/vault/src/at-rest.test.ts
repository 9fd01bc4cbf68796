// What the office keeps: bytes and files in one sealed form, nothing visible before it has verified.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, test } from 'node:test'
import { CASE_ID, flipped, OTHER_CASE_ID, refusedWith } from '../test/fixture.ts'
import vectors from '../vectors/wraps.json' with { type: 'json' }
import { type DataKey, newDataKey, openAtRest, sealAtRest } from './at-rest.ts'
import { openFileAtRest, sealFileAtRest } from './at-rest-node.ts'
import { fromBase64url, fromHex, toBase64url } from './base64url.ts'
import { utf8 } from './bytes.ts'
import { randomBytes } from './entropy.ts'
import { openFileKeyProvider } from './file-key-provider-node.ts'

const folder = await mkdtemp(join(tmpdir(), 'vault-rest-'))
after(() => rm(folder, { recursive: true }))
const provider = await openFileKeyProvider(join(folder, 'kek.json'))
const { dataKey } = await newDataKey(provider, CASE_ID)
const refused = refusedWith('atRest.refused')
const place = { dataKey, caseId: CASE_ID, name: 'd0123456789abcdefghj' }
const at = (name: string) => join(folder, name)

test('the vector opens', async () => {
  const { name, content, sealed } = vectors.atRest
  const key = fromHex(vectors.dataKey) as DataKey
  assert.deepEqual(await openAtRest(key, CASE_ID, name, fromBase64url(sealed)), utf8(content))
})

test('another key, case, name or bit opens nothing', async () => {
  const sealed = await sealAtRest(dataKey, CASE_ID, 'answers', utf8('{}'))
  assert.deepEqual(await openAtRest(dataKey, CASE_ID, 'answers', sealed), utf8('{}'))
  const other = randomBytes(32) as DataKey
  await assert.rejects(openAtRest(other, CASE_ID, 'answers', sealed), refused)
  await assert.rejects(openAtRest(dataKey, OTHER_CASE_ID, 'answers', sealed), refused)
  await assert.rejects(openAtRest(dataKey, CASE_ID, 'summary', sealed), refused)
  await assert.rejects(openAtRest(dataKey, CASE_ID, 'answers', flipped(sealed, 100)), refused)
})

test('files and bytes have the same form, empty ones too', async () => {
  for (const length of [0, 1, 70_000, 300_000]) {
    const content = new Uint8Array(length).fill(9)
    await sealFileAtRest(place, Readable.from(length === 0 ? [] : [content]), at('sealed'))
    const sealed = await readFile(at('sealed'))
    assert.deepEqual(await openAtRest(dataKey, CASE_ID, place.name, sealed), content)
    await writeFile(at('again'), await sealAtRest(dataKey, CASE_ID, place.name, content))
    await openFileAtRest(place, at('again'), at('opened'))
    assert.deepEqual(new Uint8Array(await readFile(at('opened'))), content)
    assert.equal((await stat(at('opened'))).mode & 0o777, 0o600)
  }
})

test('an altered, cut or foreign file leaves nothing behind', async () => {
  const good = await sealAtRest(dataKey, CASE_ID, place.name, new Uint8Array(100_000))
  for (const bad of [flipped(good, 5000), good.subarray(0, -1), good.subarray(0, 20), utf8('')]) {
    await writeFile(at('bad'), bad)
    await assert.rejects(openFileAtRest(place, at('bad'), at('never')), refused)
  }
  await writeFile(at('good'), good)
  const elsewhere = { ...place, name: 'answers' }
  await assert.rejects(openFileAtRest(elsewhere, at('good'), at('never')), refused)
  const names = await readdir(folder)
  assert.equal(
    names.some((name) => name === 'never' || name.endsWith('.tmp')),
    false,
  )
})

test('a source that breaks leaves no file', async () => {
  const broken = Readable.from(
    (async function* () {
      yield new Uint8Array(10)
      throw new Error('line cut')
    })(),
  )
  await assert.rejects(sealFileAtRest(place, broken, at('half')), { message: 'line cut' })
  assert.equal(
    (await readdir(folder)).some((name) => name.startsWith('half')),
    false,
  )
})

test('erasing the wrap leaves only what nobody can open', async () => {
  const sealed = await sealAtRest(dataKey, CASE_ID, 'answers', utf8('geheim'))
  assert.equal(Buffer.from(sealed).includes('geheim'), false)
  assert.equal((await readFile(at('kek.json'), 'utf8')).includes(toBase64url(dataKey)), false)
})
