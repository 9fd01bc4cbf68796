// Everything on one page: sections, rows, documents and words.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CalendarDate } from '../calendar-date.ts'
import type { Answers, AnswerValue } from './answers.ts'
import type { Field, Locale } from './definition.ts'
import { documentSlots, listDocumentIds } from './documents.ts'
import { evaluateForm } from './evaluate.ts'
import { formatValue } from './format-value.ts'
import { answersInFormOrder } from './summary.ts'
import { TINY } from './tiny-form.fixture.ts'

const ctx = { today: '2026-11-24' as CalendarDate, prefill: { name: 'A' } }
const ANSWERS: Answers = {
  welpen: [
    { id: 'x1', geboren: '2026-05-01' },
    { id: 'x2', rufname: 'Ida' },
  ],
  pass: { wie: 'jetzt', dateien: ['d1', 'd2'] },
  rasse: 'Dackel',
  hund: 'ja',
  name: 'B',
}

test('sections and rows follow the form, items have their name', () => {
  const reader = { locale: 'de', documentName: (id: string) => `${id}.pdf` } as const
  const sections = answersInFormOrder(TINY, ANSWERS, ctx, reader)
  const table = sections.map(({ stepId, title, rows }) => [
    stepId,
    title,
    rows.map((row) => `${row.label}: ${row.text}`),
  ])
  assert.deepEqual(table, [
    ['eins', 'Eins', ['name: B', 'hund: Ja', 'rasse: Dackel', 'pass: d1.pdf, d2.pdf']],
    ['zwei/x1', 'Welpe 1', ['rufname: ', 'geboren: 01.05.2026', 'wohin: ']],
    ['zwei/x2', 'Ida', ['rufname: Ida', 'geboren: ', 'wohin: ']],
    ['drei', 'Drei', ['bemerkung: ']],
  ])
})

test('a day in the name of an item stands as the reader writes days', () => {
  const pages = TINY.pages.map((page) => ({
    ...page,
    blocks: page.blocks.map((block) =>
      block.kind === 'repeat' ? { ...block, nameFrom: ['geboren', 'rufname'] } : block,
    ),
  }))
  const welpen = [{ id: 'x1', geboren: '2026-05-01', rufname: 'Ida' }]
  const titles = (locale: Locale) =>
    answersInFormOrder({ ...TINY, pages }, { ...ANSWERS, welpen }, ctx, { locale })
      .filter(({ stepId }) => stepId === 'zwei/x1')
      .map(({ title }) => title)
  assert.deepEqual(titles('de'), ['01.05.2026 Ida'])
  assert.deepEqual(titles('en'), ['1 May 2026 Ida'])
})

test('a row says what was known, whether it changed and whether it is missing', () => {
  const [section, items] = answersInFormOrder(TINY, ANSWERS, ctx, { locale: 'de' })
  const [name] = section?.rows ?? []
  assert.deepEqual([name?.known, name?.changed, name?.missing], ['A', true, false])
  assert.equal(items?.rows[0]?.missing, true)
})

test('documents belong to their slot, and only visible ones are sent', () => {
  assert.deepEqual(listDocumentIds(TINY, ANSWERS, ctx), ['d1', 'd2'])
  assert.deepEqual(listDocumentIds(TINY, { ...ANSWERS, hund: 'nein' }, ctx), [])
  const later = {
    ...ANSWERS,
    pass: { wie: 'spaeter', bis: '2026-12-01', dateien: ['d1'] },
  } as const
  assert.deepEqual(listDocumentIds(TINY, later, ctx), [])
  const [slot] = documentSlots(evaluateForm(TINY, ANSWERS, ctx))
  assert.deepEqual([slot?.slot, slot?.required, slot?.way], ['pass', true, 'jetzt'])
})

const label = { de: '' }
const options = [
  { value: 'a', label: { de: 'Apfel', en: 'Apple' } },
  { value: 'b', label: { de: 'Birne' } },
]
const as = (type: Field['type']): Field =>
  ({ kind: 'field', key: 'x', type, label, options }) as Field

const WORDS: readonly (readonly [Field['type'], AnswerValue, string, string])[] = [
  ['yesno', 'ja', 'Ja', 'Yes'],
  ['choice', 'a', 'Apfel', 'Apple'],
  ['choice', 'z', 'z', 'z'],
  ['multi', ['a', 'b'], 'Apfel, Birne', 'Apple, Birne'],
  ['checkbox', true, 'Ja', 'Yes'],
  ['date', '2026-02-01', '01.02.2026', '1 February 2026'],
  ['date', 'bald', 'bald', 'bald'],
  ['month', '2026-02', '02.2026', '02.2026'],
  ['money', 123_456, '1.234,56 €', '€1,234.56'],
  ['money', 'viel', 'viel', 'viel'],
  ['int', 12, '12', '12'],
  ['iban', 'DE02120300000000202051', 'DE02 1203 0000 0000 2020 51', 'DE02 1203 0000 0000 2020 51'],
  [
    'address',
    { strasse: 'Am Weg', hausnr: '1', plz: '01067', ort: 'Dresden', land: 'Deutschland' },
    'Am Weg 1, 01067 Dresden',
    'Am Weg 1, 01067 Dresden',
  ],
  ['address', { ort: 'Wien', land: 'Österreich' }, 'Wien, Österreich', 'Wien, Österreich'],
  [
    'proof',
    { wie: 'spaeter', bis: '2026-12-01' },
    'reiche ich nach bis 01.12.2026',
    'sending it later, by 1 December 2026',
  ],
  [
    'proof',
    { wie: 'nicht_moeglich', grund: 'weg' },
    'kann ich nicht vorlegen: weg',
    'cannot provide it: weg',
  ],
  ['file', ['d1'], 'd1', 'd1'],
]

for (const [type, value, german, english] of WORDS) {
  test(`a ${type} ${JSON.stringify(value)} is shown in words`, () => {
    assert.equal(formatValue(as(type), value, 'de'), german)
    assert.equal(formatValue(as(type), value, 'en'), english)
  })
}
