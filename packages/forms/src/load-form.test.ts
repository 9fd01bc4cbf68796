// Reading forms from their folders, and refusing bad ones with the place named.
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, test } from 'node:test'
import { formIdentity } from '@einmal-pin/domain/form/identity'
import {
  checkFormFolder,
  formFolders,
  hasForm,
  listForms,
  loadForm,
  readForm,
} from './load-form.ts'

const ROOT = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'forms-'))
after(() => rmSync(folder, { recursive: true }))

/** A copy of the small form with one thing changed. */
function spoilt(
  name: string,
  file: string,
  change: (json: Record<string, unknown>) => void,
): string {
  const copy = join(folder, name)
  cpSync(join(ROOT, 'bescheinigung-nachreichen'), copy, { recursive: true })
  const json = JSON.parse(readFileSync(join(copy, file), 'utf8'))
  change(json)
  writeFileSync(join(copy, file), JSON.stringify(json))
  return copy
}

test('every folder is listed with its version, complete and without problems or advice', () => {
  const folders = formFolders()
  assert.ok(folders.length >= 2)
  assert.deepEqual(
    listForms().map(({ id }) => id),
    folders.map((path) => basename(path)),
  )
  for (const { version } of listForms()) assert.match(version, /^\d+\.\d+\.\d+$/)
  for (const path of folders) assert.deepEqual(checkFormFolder(path).findings, [], path)
})

test('every form says what its insurer still has to confirm', () => {
  for (const path of formFolders()) {
    assert.match(readFileSync(join(path, 'ASSUMPTIONS.md'), 'utf8'), /\| Leichte Sprache +\|/, path)
  }
})

test('a form has an identity that fits into a case package', () => {
  assert.deepEqual(
    formIdentity(loadForm('familienversicherung')),
    formIdentity(loadForm('familienversicherung')),
  )
  assert.ok(formIdentity(loadForm('familienversicherung')).length < 200_000)
})

test('there is no form of another id, and no path leads out of the folder', () => {
  for (const id of ['', '.', '..', 'src', '../domain', 'gibt-es-nicht']) {
    assert.equal(hasForm(id), false)
    assert.throws(() => loadForm(id), RangeError)
  }
})

test('a definition that the meta-schema does not know is refused with its place', () => {
  const path = spoilt('schema', 'definition.json', (json) =>
    Object.assign(json, { schriftform: true }),
  )
  const { form, problems } = readForm(path)
  assert.equal(form, undefined)
  assert.match(JSON.stringify(problems), /form\.schema.*#\/schriftform/)
})

test('a regular expression of an author is refused', () => {
  const path = spoilt('regex', 'definition.json', (json) => {
    const pages = json['pages'] as { blocks: object[] }[]
    pages[0]?.blocks.push({ key: 'frei', type: 'text', pattern: '(a+)+$' })
  })
  assert.equal(readForm(path).problems[0]?.code, 'form.schema')
})

test('missing and left over texts are named with their language', () => {
  const path = spoilt('texts', 'texts.en.json', (json) => {
    json['alt'] = json['bemerkung']
    delete json['bemerkung']
  })
  const found = readForm(join(path, 'definition.json')).problems.map(
    ({ code, where }) => `${code} ${where}`,
  )
  assert.deepEqual(found, [
    'form.text.missing pages/unterlagen/blocks/bemerkung/label (en)',
    'form.text.unused alt (en)',
  ])
})

test('broken JSON, a missing file and an unknown term are problems, not crashes', () => {
  const broken = spoilt('json', 'definition.json', () => {})
  writeFileSync(join(broken, 'definition.json'), '{')
  assert.equal(readForm(broken).problems[0]?.code, 'form.json')
  assert.equal(readForm(join(folder, 'nirgends')).problems[0]?.code, 'form.json')
  const term = spoilt('term', 'definition.json', (json) => delete json['terms'])
  assert.equal(readForm(term).problems[0]?.code, 'form.structure')
})
