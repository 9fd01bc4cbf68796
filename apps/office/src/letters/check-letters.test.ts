// The promise of letters check: an editor's mistake is named by file and line, and says what is wrong.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { brokenLetters } from '../testing/broken-letters.ts'
import { checkLetters } from './check-letters.ts'
import { readSpecimens, type Specimens } from './specimen.ts'

let specimens: Specimens
before(async () => {
  const all = await readSpecimens({})
  specimens = { ...all, people: all.people.slice(0, 1) }
})

const MISTAKES = [
  [
    'templates/letter.typ',
    '#let ',
    '#let a = nothing\n#let ',
    /^templates\/letter\.typ:\d+:\d+: letter\.template: unknown variable: nothing/,
  ],
  [
    'templates/letter.typ',
    'Noto Sans',
    'Comic Serif',
    /^templates\/letter\.typ:\d+:\d+: letter\.font: unknown font family: comic serif/,
  ],
  [
    'templates/gross.typ',
    '#',
    '#import "@preview/cetz:0.3.1": *\n#',
    /^templates\/gross\.typ:2:1: letter\.template: packages are not loaded/,
  ],
  [
    'templates/letter.typ',
    '"/qr.svg"',
    '"/no.svg"',
    /^templates\/letter\.typ:\d+:\d+: letter\.template: file not found/,
  ],
  [
    'texts/de.json',
    '"greeting"',
    '"greting"',
    /^texts\/de\.json: letter\.template: "greeting" is missing/,
  ],
  [
    'texts/de.json',
    '"subject": "',
    '"subject": 7, "x": "',
    /^texts\/de\.json: letter\.template: "subject" must be a text/,
  ],
  [
    'texts/de-simple.json',
    '{caseRef}',
    '{caseReff}',
    /^texts\/de-simple\.json: letter\.template: unknown placeholder \{caseReff\}/,
  ],
  ['texts/de.json', '"subject"', 'subject', /^texts\/de\.json:\d+:\d+: letter\.template: /],
] as const

for (const [file, from, to, finding] of MISTAKES) {
  test(`${file} with ${to.trim()}`, async () => {
    await using letters = await brokenLetters(file, from, to)
    const { findings } = await checkLetters(letters.folder, specimens)
    const lines = findings.map(({ place, code, message }) => `${place}: ${code}: ${message}`)
    assert.match(lines[0] ?? 'nothing found', finding)
  })
}
