// einkommensanfrage as tables: who is asked what, which income needs which document, what is only doubted (forms.md 3).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import type { Answers } from '@einmal-pin/domain/form/answers'
import { evaluateForm } from '@einmal-pin/domain/form/evaluate'
import { fieldsIn } from '@einmal-pin/domain/form/step-status'
import { loadForm } from './load-form.ts'

const FORM = loadForm('einkommensanfrage')
const CTX = { today: '2026-11-24' as CalendarDate }
const view = (answers: Answers) => evaluateForm(FORM, answers, CTX)
const pages = (answers: Answers) => view(answers).steps.map(({ id }) => id)
const income = (...items: readonly object[]): Answers =>
  ({ einnahmen: items.map((item, at) => ({ id: `n${at}`, ...item })) }) as Answers
const issues = (answers: Answers) =>
  view(answers).steps.flatMap(({ errors, hints }) =>
    [...errors, ...hints].map(({ path, code }) => `${path} ${code}`),
  )

/** Answers, and the pages between the first and the last that they bring up. */
const WAYS: readonly (readonly [Answers, readonly string[]])[] = [
  [{ status: 'rentner' }, ['einnahmen', 'ehegatte', 'kinder']],
  [{ status: 'selbst_haupt' }, ['selbststaendigkeit', 'einnahmen', 'ehegatte', 'kinder']],
  [{ status: 'selbst_neben' }, ['selbststaendigkeit', 'einnahmen', 'ehegatte', 'kinder']],
  [income({ art: 'rente' }), ['einnahmen', 'einnahmen/n0', 'ehegatte', 'kinder']],
  ...['gewerbe', 'luf', 'vermietung', 'kapital'].map(
    (art): readonly [Answers, readonly string[]] => [
      income({ art }),
      ['einnahmen', 'einnahmen/n0', 'steuerbescheid', 'ehegatte', 'kinder'],
    ],
  ),
]

for (const [answers, expected] of WAYS) {
  test(`${JSON.stringify(answers)} leads through ${expected.join(', ')}`, () => {
    assert.deepEqual(pages(answers), ['status', ...expected, 'pruefen'])
  })
}

/** Kind of income: is a document asked for, and must it be spoken of? */
const DOCUMENTS: readonly (readonly [string, 'required' | 'optional' | 'none'])[] = [
  ['gewerbe', 'none'],
  ['luf', 'none'],
  ['vermietung', 'none'],
  ['kapital', 'none'],
  ['entgelt', 'required'],
  ['rente', 'required'],
  ['versorgung', 'required'],
  ['auslandsrente', 'required'],
  ['abfindung', 'required'],
  ['minijob', 'optional'],
  ['unterhalt', 'optional'],
  ['gruendung', 'optional'],
  ['alg', 'optional'],
  ['sonst', 'optional'],
]

for (const [art, expected] of DOCUMENTS) {
  test(`a document for ${art}: ${expected}`, () => {
    const step = view(income({ art })).steps.find(({ id }) => id === 'einnahmen/n0')
    const slot = fieldsIn(step?.blocks ?? []).find(({ field }) => field.key === 'nachweis')
    assert.equal(slot === undefined ? 'none' : slot.required ? 'required' : 'optional', expected)
  })
}

test('every kind of income is in the table of documents', () => {
  const [art] = fieldsIn(view(income({})).steps.find(({ item }) => item)?.blocks ?? [])
  const kinds = art?.field && 'options' in art.field ? art.field.options : []
  assert.deepEqual(kinds.map(({ value }) => value).sort(), DOCUMENTS.map(([kind]) => kind).sort())
})

/** Only profit and rent can be negative. */
const AMOUNTS: readonly (readonly [string, number, boolean])[] = [
  ['gewerbe', -100, false],
  ['luf', -100, false],
  ['vermietung', -100, false],
  ['entgelt', -100, true],
  ['rente', -1, true],
  ['entgelt', 0, false],
]

for (const [art, betrag, isWrong] of AMOUNTS) {
  test(`${betrag} cents of ${art}: ${isWrong ? 'refused' : 'fine'}`, () => {
    const problem = 'einnahmen/n0/betrag check.betrag-negativ'
    assert.equal(issues(income({ art, betrag })).includes(problem), isWrong)
  })
}

/** What somebody is, the kinds of income named, and the doubt about it. */
const DOUBTS: readonly (readonly [string, readonly string[], string | undefined])[] = [
  ['rentner', [], 'keine-einnahmen'],
  ['selbst_haupt', [], 'keine-einnahmen'],
  ['erwerbslos', [], undefined],
  ['student_ne', [], undefined],
  ['rentner', ['rente'], undefined],
  ['selbst_haupt', ['entgelt'], 'selbststaendig-ohne-gewinn'],
  ['selbst_neben', ['entgelt', 'gewerbe'], undefined],
  ['selbst_haupt', ['luf'], undefined],
]

for (const [status, kinds, doubt] of DOUBTS) {
  test(`${status} with ${kinds.join(' and ') || 'no income'}: ${doubt ?? 'nothing to say'}`, () => {
    const answers = { ...income(...kinds.map((art) => ({ art }))), status }
    const said = issues(answers).filter((issue) => issue.startsWith('einnahmen check.'))
    assert.deepEqual(said, doubt === undefined ? [] : [`einnahmen check.${doubt}`])
  })
}

test('the tax assessment asks for its year and itself only where there is one', () => {
  const asked = (est_vorhanden: string) =>
    fieldsIn(
      view({ ...income({ art: 'gewerbe' }), est_vorhanden }).steps.find(
        ({ id }) => id === 'steuerbescheid',
      )?.blocks ?? [],
    ).map(({ path }) => path)
  assert.deepEqual(asked('ja'), ['est_vorhanden', 'est_bescheid_jahr', 'est_bescheid'])
  assert.deepEqual(asked('noch_nicht'), ['est_vorhanden', 'est_bescheid_jahr'])
  assert.deepEqual(asked('nicht_veranlagt'), ['est_vorhanden'])
})
