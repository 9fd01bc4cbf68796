// The promise that every sheet says which it is, and that no letter ends on a front, however much or little is asked for.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { LetterInput } from './letter-input.ts'
import { LETTER_LOOKS, sampleLook, samplePin } from './letter-samples.ts'
import { LETTERS_FOLDER } from './letters-folder.ts'
import { probePdf } from './pdf-probe.ts'
import { renderLetter } from './render-letter.ts'
import { postedLetter } from './sample-pdf.ts'

const asking = (letter: LetterInput, count: number): LetterInput => ({
  ...letter,
  items: Array.from({ length: count }, (_, at) => ({ label: `Nachweis ${at}`, channel: 'online' })),
})

async function assertNumbered(letter: LetterInput): Promise<void> {
  const { pdf, pages } = postedLetter(letter)
  const probed = await probePdf(pdf)
  assert.equal(probed.length, pages)
  assert.equal(pages % 2, 0, 'the next letter would begin on the back of this one')
  for (const [index, { text }] of probed.entries()) {
    assert.ok(text.includes(`Seite ${index + 1} von ${pages}`))
    assert.ok(text.includes(`${letter.letterId} · ${index + 1}/${pages}`))
  }
}

for (const { kind, variant } of LETTER_LOOKS) {
  test(`${kind}, ${variant}`, async () => {
    for (const count of [1, 2, 5, 12, 30])
      await assertNumbered(asking(sampleLook(kind, variant), count))
  })
}

test('the words of every form', async () => {
  const texts = readFileSync(join(LETTERS_FOLDER, 'texts/de.json'), 'utf8')
  const { forms } = JSON.parse(texts) as { forms: Record<string, unknown> }
  assert.ok(Object.keys(forms).length > 5)
  for (const id of Object.keys(forms)) {
    const letter = sampleLook('pin', 'standard')
    await assertNumbered(asking({ ...letter, form: { ...letter.form, id } }, 1))
  }
})

test('a template that Typst cannot number is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'letters-'))
  await cp(LETTERS_FOLDER, folder, { recursive: true })
  const restless = '#context if here().page() == 1 { pagebreak() }\nText\n'
  await writeFile(join(folder, 'templates/standard.typ'), restless)
  const options = { copy: 'post', pin: samplePin(), folder } as const
  assert.throws(() => renderLetter(sampleLook('pin', 'standard'), options), {
    code: 'letter.template',
  })
  await rm(folder, { recursive: true })
})
