// What counts as a slip against Leichte Sprache, and what does not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simpleLanguageSlips } from './simple-language.ts'

const slips = (text: string) =>
  simpleLanguageSlips(text).map(
    ({ code, offset }) => `${code.slice('form.simple.'.length)} ${offset}`,
  )

const VECTORS: readonly (readonly [string, readonly string[]])[] = [
  ['Wir brauchen Dokumente von Ihnen. Hier können Sie die Dokumente schicken.', []],
  ['eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf', []],
  ['eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn', ['sentence 0']],
  [
    'Kurz. Eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn.',
    ['sentence 6'],
  ],
  // A colon ends a thought; numbers, signs and placeholders are no long words.
  ['Das steht im Gesetz: § 60 SGB I und § 206 SGB V und § 13 SGB X und noch mehr.', []],
  ['{name_der_versicherten_person} wohnt hier.', []],
  ['Zum Beispiel: 15.03.2027. Danach geht es nicht mehr.', []],
  // Hyphen and middle dot divide a word.
  ['Das Kinderbetreuungsgeld', ['word 4']],
  ['Das Kinder-Betreuungs-Geld und das Kinder·betreuungs·geld', []],
  // The passive needs both parts; the future and an adjective are none.
  ['Sie werden gefragt.', ['passive 4']],
  ['Der Brief wird abgeholt.', ['passive 10']],
  ['Die Karte wurde beantragt.', ['passive 10']],
  ['Wurden Sie informiert?', ['passive 0']],
  ['Sie werden älter.', []],
  ['Sie werden gehen.', []],
  ['Sie haben gefragt.', []],
  ['Wir fragen Sie.', []],
  ['', []],
]

for (const [text, expected] of VECTORS) {
  test(`"${text.slice(0, 40)}" has ${expected.length === 0 ? 'no slip' : expected.join(', ')}`, () => {
    assert.deepEqual(slips(text), expected)
  })
}
