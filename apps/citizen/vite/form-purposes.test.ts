// The privacy page names every form there is, and a form without a purpose stops the build.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readFormPurposes } from './form-purposes.ts'

const FORMS = fileURLToPath(new URL('../../../packages/forms', import.meta.url))

test('every form folder is there, in every language, in the same order', async () => {
  const purposes = readFormPurposes(FORMS)
  const entries = await readdir(FORMS, { recursive: true })
  const folders = entries.flatMap((path) => /^([a-z-]+)\/definition\.json$/.exec(path)?.[1] ?? [])
  assert.deepEqual(purposes.de.map(({ id }) => id).sort(), folders.sort())
  for (const locale of ['de-simple', 'en'] as const) {
    assert.deepEqual(
      purposes[locale].map(({ id }) => id),
      purposes.de.map(({ id }) => id),
    )
    assert.notDeepEqual(purposes[locale][0]?.purpose, purposes.de[0]?.purpose)
  }
})

test('a form that does not say why it asks is named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ep-forms-'))
  try {
    await mkdir(join(folder, 'x'))
    await writeFile(join(folder, 'x/definition.json'), '{}')
    for (const locale of ['de', 'de-simple', 'en']) {
      await writeFile(join(folder, `x/texts.${locale}.json`), '{"form.title":"X"}')
    }
    assert.throws(() => readFormPurposes(folder), /x\/texts\.de\.json: form\.purpose is missing/)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
