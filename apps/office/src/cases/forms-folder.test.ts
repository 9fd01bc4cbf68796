// An editor changes a form while the office runs: the next case has it, and a slip harms nobody.
import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { formsIn } from './forms-folder.ts'

const SHIPPED = join(import.meta.dirname, '../../../../packages/forms')
const ID = 'krankengeld'

let folder: string
const said: object[] = []
const log = { warn: (about: object) => said.push(about) } as never

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ep-forms-'))
})
after(() => rm(folder, { recursive: true }))
beforeEach(async () => {
  said.length = 0
  await cp(join(SHIPPED, ID), join(folder, ID), { recursive: true })
})

async function edit(file: string, from: string, to: string): Promise<void> {
  const path = join(folder, ID, file)
  const text = await readFile(path, 'utf8')
  assert.ok(text.includes(from))
  await writeFile(path, text.replace(from, to))
}

describe('the folder of forms', () => {
  test('a new wording under a new version is there for the next case', async () => {
    const forms = await formsIn(folder, log)
    assert.equal((await forms.current()).find(ID)?.definition.version, '1.0.0')
    await edit('texts.de.json', 'Krankengeld: Ihre Erklärung', 'Ihr Krankengeld')
    await edit('definition.json', '"version": "1.0.0"', '"version": "1.0.1"')
    const { definition } = (await forms.current()).find(ID) ?? {}
    assert.deepEqual([definition?.version, definition?.title.de], ['1.0.1', 'Ihr Krankengeld'])
    assert.deepEqual(said, [])
  })

  test('with a mistake in it the form stays as it was, is named once, and comes back mended', async () => {
    const forms = await formsIn(folder, log)
    await edit('texts.de.json', '"form.title"', '"form.titel"')
    for (let time = 0; time < 2; time += 1) {
      assert.equal(
        (await forms.current()).find(ID)?.definition.title.de,
        'Krankengeld: Ihre Erklärung',
      )
    }
    assert.equal(said.length, 1)
    assert.match(JSON.stringify(said), /"form":"krankengeld","code":"form\.text\.missing"/)
    await edit('texts.de.json', '"form.titel"', '"form.title"')
    assert.ok((await forms.current()).find(ID))
  })

  test('a form that comes is offered, one that goes is not', async () => {
    const forms = await formsIn(folder, log)
    await cp(join(SHIPPED, 'mutterschaftsgeld'), join(folder, 'mutterschaftsgeld'), {
      recursive: true,
    })
    assert.ok((await forms.current()).find('mutterschaftsgeld'))
    await rm(join(folder, 'mutterschaftsgeld'), { recursive: true })
    assert.equal((await forms.current()).find('mutterschaftsgeld'), undefined)
  })

  test("an editor's lock beside the files stops nobody", async () => {
    const forms = await formsIn(folder, log)
    await symlink('nobody@nowhere:1', join(folder, ID, '.#texts.de.json'))
    assert.ok((await forms.current()).find(ID))
    await rm(join(folder, ID, '.#texts.de.json'))
  })

  test('an office does not start with a broken form', async () => {
    await edit('definition.json', '"krankengeld"', '"Kranken Geld"')
    await assert.rejects(formsIn(folder, log), /these forms have mistakes: .*krankengeld/)
  })
})
