// What the command line does without any office: checking forms and showing specimens of letters.
import assert from 'node:assert/strict'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { parsePin } from '@einmal-pin/domain/pin'
import { listForms } from '@einmal-pin/forms/load-form'
import { LETTERS_FOLDER } from '../letters/letters-folder.ts'
import { probePdf } from '../letters/pdf-probe.ts'
import { documentOf, runCli } from '../testing/run-cli.ts'

const FORMS = join(import.meta.dirname, '../../../../packages/forms')

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ep-offline-'))
})
after(() => rm(folder, { recursive: true }))

const run = (...args: readonly string[]) => runCli(folder, args)

describe('form check', () => {
  test('the shipped forms pass, by name of the folder and without any name', async () => {
    const all = await run('form', 'check')
    assert.deepEqual(
      [all.code, all.stdout.trim()],
      [0, `${listForms().length} forms: 0 errors, 0 warnings.`],
    )
    const one = await run('form', 'check', join(FORMS, 'familienversicherung'))
    assert.equal(one.code, 0, one.stderr)
  })

  test('mistakes of several forms are named by file, line and column; the exit code is 1', async () => {
    for (const name of ['a', 'b']) {
      await cp(join(FORMS, 'bescheinigung-nachreichen'), join(folder, name), { recursive: true })
    }
    const definition = join(folder, 'a/definition.json')
    const text = await readFile(definition, 'utf8')
    await writeFile(definition, text.replace('"./vorhanden", "spaeter"', '"./vorhandn", "spaeter"'))
    const said = await run('form', 'check', 'a/definition.json', 'b')
    assert.equal(said.code, 1)
    const [first] = said.stderr.split('\n')
    assert.match(
      first ?? '',
      /^a\/definition\.json:\d+:\d+: error form\.reference\.unknown: .*"\.\/vorhandn".*correct the path/,
    )
    const row = text.split('\n').findIndex((line) => line.includes('"./vorhanden", "spaeter"'))
    assert.ok(first?.startsWith(`a/definition.json:${row + 1}:`), first)
    const json = await run('form', 'check', 'a', 'b', '--json')
    const report = documentOf(json, 'form check') as { findings: { file: string }[] }
    assert.ok(report.findings.every(({ file }) => file === 'a/definition.json'))
  })

  test('warnings alone are no failure', async () => {
    const path = join(folder, 'b/texts.de-simple.json')
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace('"Ihre Dokumente"', '"Das wurde gefragt"'))
    const said = await run('form', 'check', 'b')
    assert.equal(said.code, 0, said.stderr)
    assert.match(said.stdout, /^b\/texts\.de-simple\.json:5:\d+: warning form\.simple\.passive/)
  })

  test('a folder that is not there is a finding, not a crash', async () => {
    const said = await run('form', 'check', 'nowhere')
    assert.equal(said.code, 1)
    assert.match(said.stderr, /^nowhere\/definition\.json:1:1: error form\.json: .*cannot be read/)
  })
})

describe('letters preview', () => {
  test('without any option it writes the first person into a new file of this folder', async () => {
    const said = await run('letters', 'preview', '--json')
    const { out, person } = documentOf(said, 'letters preview') as { out: string; person: string }
    assert.equal(person, 'DEMO-2026-0001')
    assert.equal(out, join(folder, 'letter-DEMO-2026-0001-standard.pdf'))
    const [page] = await probePdf(await readFile(out))
    assert.match(page?.text ?? '', /Frau Erika Beispiel/)
  })

  for (const [variant, language] of [
    ['standard', 'de'],
    ['gross', 'de'],
    ['leicht', 'de-simple'],
  ] as const) {
    test(`${variant} is ${language} and a specimen on every page, with a PIN that opens nothing`, async () => {
      const out = join(folder, `${variant}.pdf`)
      const args = ['--person', 'DEMO-2026-0005', '--variant', variant, '--out', out]
      const said = await run('letters', 'preview', ...args, '--json')
      const preview = documentOf(said, 'letters preview') as { language: string; pages: number }
      assert.equal(preview.language, language)
      const pages = await probePdf(await readFile(out))
      assert.equal(pages.length, preview.pages)
      for (const { text } of pages) assert.match(text, /MUSTER/)
      const digits = /(?:\d{4}\s){3}\d{4}/.exec(pages.map(({ text }) => text).join('\n'))?.[0]
      assert.ok(digits !== undefined)
      assert.equal(parsePin(digits).ok, false, 'the check digit of a specimen is wrong')
    })
  }

  test('another language on request; what does not exist is wrong arguments', async () => {
    const out = join(folder, 'simple.pdf')
    const said = await run('letters', 'preview', '--language', 'de-simple', '--out', out)
    assert.equal(said.code, 0, said.stderr)
    for (const option of [
      ['--language', 'fr'],
      ['--person', 'niemand'],
      ['--variant', 'winzig'],
    ]) {
      assert.equal((await run('letters', 'preview', ...option)).code, 2)
    }
  })

  test('nothing but the file is written', async () => {
    const before = await readdir(folder)
    await run('letters', 'preview', '--out', join(folder, 'only.pdf'))
    const fresh = (await readdir(folder)).filter((name) => !before.includes(name))
    assert.deepEqual(fresh, ['only.pdf'])
  })
})

test('names that every object has are no commands', async () => {
  for (const word of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    const said = await run(word)
    assert.equal(said.code, 2, word)
    assert.match(said.stderr, new RegExp(`there is no command "${word}"`))
  }
})

describe('letters check', () => {
  test('the shipped folder has no mistake', async () => {
    const said = await run('letters', 'check')
    assert.equal(said.code, 0, said.stderr)
    assert.match(said.stdout, /^\d{2,} letters set, 0 mistakes\.$/m)
  })

  test('a mistake is named by place; the exit code is 1', async () => {
    const letters = join(folder, 'letters')
    await cp(LETTERS_FOLDER, letters, { recursive: true })
    await writeFile(join(letters, 'texts/de.json'), '{}')
    const said = await run('letters', 'check', letters)
    assert.equal(said.code, 1, said.stdout)
    assert.match(said.stderr, /^texts\/de\.json: letter\.template: "subject" is missing$/m)
  })
})
