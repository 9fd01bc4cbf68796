// The texts of the public pages: complete in every language, and slips named where they stand.
import assert from 'node:assert/strict'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { TenantSettings } from '@einmal-pin/domain/tenant'
import { readPageTexts, TextProblem } from './page-texts.ts'

const config = fileURLToPath(new URL('../../../config', import.meta.url))
const tenant: TenantSettings = JSON.parse(await readFile(join(config, 'tenant.json'), 'utf8'))
const folder = await mkdtemp(join(tmpdir(), 'ep-texts-'))
await cp(join(config, 'texts'), folder, { recursive: true })
after(() => rm(folder, { recursive: true }))

const slip = (expected: RegExp) => (error: unknown) =>
  error instanceof TextProblem && expected.test(error.message)

async function withFile(name: string, change: (text: string) => string, expected: RegExp) {
  const path = join(folder, name)
  const text = await readFile(path, 'utf8')
  await writeFile(path, change(text))
  assert.throws(() => readPageTexts(folder, name.split('.')[0] ?? '', tenant), slip(expected))
  await writeFile(path, text)
}

test('every text file of the product is complete, with placeholders that exist', async () => {
  const pages = new Set((await readdir(folder)).map((name) => name.split('.')[0] ?? ''))
  for (const page of pages) {
    assert.ok(Object.hasOwn(readPageTexts(folder, page, tenant), 'de-simple'), page)
  }
})

test('a slip in a text file stops the build and says file, place and what is wrong', async () => {
  await withFile(
    'impressum.de.json',
    (text) => text.replace('{phone}', '{fone}'),
    /impressum\.de\.json: unknown placeholder \{fone\}; known are name,/,
  )
  await withFile(
    'impressum.en.json',
    (text) => text.replace('"lead"', '"leed"'),
    /impressum\.en\.json: lead is missing\n.*unknown key "leed"/,
  )
  await withFile(
    'impressum.de.json',
    (text) => text.replace('"Kontakt"', '""'),
    /sections\[1\]\.title must be a text/,
  )
  await withFile('impressum.de.json', () => '{', /impressum\.de\.json: not JSON/)
  await withFile(
    'information.en.json',
    (text) => text.replace('"/leichte-sprache"', '"javascript:alert(1)"'),
    /related\[0\]\.href must be a path such as/,
  )
  await rm(join(folder, 'impressum.de-simple.json'))
  assert.throws(
    () => readPageTexts(folder, 'impressum', tenant),
    slip(/de-simple\.json: missing; every page needs every language/),
  )
})
