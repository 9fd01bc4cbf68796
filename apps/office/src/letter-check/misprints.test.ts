// What the letter check finds on a misprinted letter: every change of the template below is named by its code.
import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { renderSVG } from 'uqr'
import type { LetterItem, LetterKind } from '../letters/letter-input.ts'
import { sampleLetter, sampleLook } from '../letters/letter-samples.ts'
import { LETTERS_FOLDER } from '../letters/letters-folder.ts'
import { findingsOf } from './findings-of.ts'
import type { Finding } from './verify-letter.ts'

let folder: string
let template: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'letters-'))
  await cp(LETTERS_FOLDER, folder, { recursive: true })
  await writeFile(join(folder, 'other.svg'), renderSVG('https://pin.example.org', { border: 4 }))
  template = await readFile(join(folder, 'templates/letter.typ'), 'utf8')
})

after(() => rm(folder, { recursive: true }))

const PIN_LINE = 'par(text(font: "Noto Sans Mono", size: sizes.pin, weight: 600, box(data.pin)))'
/** The digits' upper edge, in millimetres from the top of the page. */
const pinAt = (edge: number) => `place(top + left, dy: ${edge - 228.3}mm, ${PIN_LINE})`
const QR_PLACE = 'dx: -4mm, dy: 3mm, image("/qr.svg"'
const IN_WINDOW = '#let letterhead(data) = {'
const SECOND_PAGE = 'for entry in data.sections {'
const qr = (width: number) => `image("/qr.svg", width: ${width}mm, alt: "QR")`

const MISPRINTS: readonly (readonly [string, string, string, Finding])[] = [
  ['no mark at all', 'if page <= data.marks {', 'if page < 1 {', 'page.mark'],
  ['another case', 'data.headerLine)', '"Aktenzeichen FREMD")', 'page.caseRef'],
  ['another greeting', 'par(data.greeting)', 'par("Guten Tag Frau Anders,")', 'greeting.name'],

  ['an address below the window', 'dy: 62.7mm', 'dy: 95mm', 'window.address'],
  ['lines upside down', 'in data.address {', 'in data.address.rev() {', 'window.address'],
  [
    'two lines run together',
    'in data.address {',
    'in (data.address.at(0) + " " + data.address.at(1), data.address.at(2)) {',
    'window.address',
  ],
  ['half an address', 'in data.address {', 'in data.address.slice(1) {', 'window.address'],
  ['a line too many', 'in data.address {', 'in data.address + ("Haus B",) {', 'window.foreign'],
  ['a line above it', IN_WINDOW, `${IN_WINDOW} place(dy: 50mm, par("fremd"))`, 'window.foreign'],
  [
    'a line that shows when the sheet slides',
    IN_WINDOW,
    `${IN_WINDOW} place(dy: 91.5mm, par("fremd"))`,
    'window.foreign',
  ],
  ['another sender', 'one-line(data.returnLine,', 'one-line("Andere Kasse",', 'window.foreign'],

  ['the PIN twice', 'data.pinBox.portal))', 'data.pinBox.portal + " " + data.pin))', 'pin.foreign'],
  ['the PIN on the fold', PIN_LINE, pinAt(208), 'pin.place'],
  ['the PIN 4 mm below the fold', PIN_LINE, pinAt(214), 'pin.place'],
  ['the PIN 12 mm below what shows', PIN_LINE, pinAt(107), 'pin.place'],
  ['the PIN in the window', PIN_LINE, pinAt(80), 'window.foreign'],
  [
    'the PIN in one run of digits',
    'box(data.pin)',
    'box(data.pin.replace(" ", ""))',
    'pin.missing',
  ],

  ['another code', 'image("/qr.svg"', 'image("/other.svg"', 'qr.content'],
  ['the code on the fold', QR_PLACE, QR_PLACE.replace('3mm', '-18mm'), 'qr.place'],
  ['the code high up', QR_PLACE, QR_PLACE.replace('3mm', '-120mm'), 'qr.content'],
  [
    'a second code beside the address',
    IN_WINDOW,
    `${IN_WINDOW} place(dx: 55mm, dy: 50mm, ${qr(30)})`,
    'qr.foreign',
  ],
  ['a second code on the next page', SECOND_PAGE, `${qr(30)}\n${SECOND_PAGE}`, 'qr.foreign'],
]

for (const [what, from, to, finding] of MISPRINTS) {
  test(`${what}: ${finding}`, async () => {
    assert.ok(template.includes(from), from)
    await writeFile(
      join(folder, 'templates/letter.typ'),
      template.replace(from, () => to),
    )
    const findings = await findingsOf(sampleLetter(), { folder })
    assert.ok(findings.includes(finding), findings.join() || 'nothing found')
  })
}

const PIN_FORMS = [
  '4711 0815 4711 0815',
  '4711081547110815',
  '4711-0815-4711-0815',
  '4711.0815.4711.0815',
  '47 1108 1547 1108 15',
]
const asking = (label: string) => ({ items: [{ label, channel: 'online' }] as LetterItem[] })

for (const form of PIN_FORMS) {
  test(`a PIN is found in a reminder as ${form}`, async () => {
    const letter = { ...sampleLook('reminder', 'standard'), ...asking(`Ihre PIN: ${form}.`) }
    assert.deepEqual(await findingsOf(letter), ['pin.foreign'])
  })
}

for (const kind of ['pin', 'followUp'] satisfies LetterKind[]) {
  test(`another PIN in one run of digits is found in a ${kind} letter`, async () => {
    const letter = { ...sampleLook(kind, 'standard'), ...asking('4712345678901233') }
    assert.deepEqual(await findingsOf(letter), ['pin.foreign'])
  })
}

test('sixteen digits of a case reference are no PIN', async () => {
  const letter = { ...sampleLook('reminder', 'standard'), caseRef: '4711-0815-4711-0815' }
  assert.deepEqual(await findingsOf(letter), [])
})
