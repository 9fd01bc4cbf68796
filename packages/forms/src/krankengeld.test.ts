// krankengeld as tables: what an answer brings up, what must be put right, what is only said (forms.md 4).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import type { Answers } from '@einmal-pin/domain/form/answers'
import { evaluateForm } from '@einmal-pin/domain/form/evaluate'
import { fieldsIn } from '@einmal-pin/domain/form/step-status'
import { validatePage } from '@einmal-pin/domain/form/steps'
import { loadForm } from './load-form.ts'

const FORM = loadForm('krankengeld')
const CTX = { today: '2026-11-24' as CalendarDate }
const view = (answers: Answers) => evaluateForm(FORM, answers, CTX)
const asked = (page: string, answers: Answers) =>
  fieldsIn(view(answers).steps.find(({ id }) => id === page)?.blocks ?? []).map(({ path }) => path)
const problems = (page: string, answers: Answers) =>
  validatePage(FORM, answers, page, CTX).map(({ path, code }) => `${path} ${code}`)

test('the pages, in this order for everybody', () => {
  assert.deepEqual(
    view({}).steps.map(({ id }) => id),
    ['arbeitsunfaehigkeit', 'arbeit', 'reha', 'rente', 'weitere-angaben', 'konto', 'pruefen'],
  )
})

/** Page, answers, the questions that these answers bring up. */
const BRANCHES: readonly (readonly [string, Answers, readonly string[]])[] = [
  [
    'arbeit',
    { arbeitsverhaeltnis: 'gekuendigt' },
    ['arbeitsverhaeltnis_ende', 'arbeitsverhaeltnis_nachweis'],
  ],
  [
    'arbeit',
    { arbeitsverhaeltnis: 'befristet' },
    ['arbeitsverhaeltnis_ende', 'arbeitsverhaeltnis_nachweis'],
  ],
  ['arbeit', { arbeitsverhaeltnis: 'besteht' }, []],
  [
    'arbeit',
    { gearbeitet_waehrend_au: 'ja' },
    ['gearbeitet_von', 'gearbeitet_bis', 'gearbeitet_entgelt'],
  ],
  ['arbeit', { nebenbeschaeftigung: 'ja' }, ['neben_arbeitgeber', 'neben_brutto']],
  ['reha', { reha_beantragt: 'ja' }, ['reha_art', 'reha_datum']],
  [
    'rente',
    { rente_beantragt: 'ja' },
    ['rentenantrag_art', 'rentenantrag_traeger', 'rentenantrag_seit'],
  ],
  [
    'rente',
    { rente_bezug: 'ja' },
    ['rente_art', 'rente_traeger', 'rente_betrag', 'rente_seit', 'rentenbescheid'],
  ],
  ['rente', { rv_befreit: 'ja' }, ['rv_befreiung']],
  ['weitere-angaben', { auslandsaufenthalt: 'ja' }, ['ausland_land', 'ausland_von', 'ausland_bis']],
]

for (const [page, answers, more] of BRANCHES) {
  test(`${JSON.stringify(answers)} asks for ${more.join(', ') || 'nothing more'}`, () => {
    const without = asked(page, {})
    assert.deepEqual(
      asked(page, answers).filter((path) => !without.includes(path)),
      more,
    )
  })
}

/** Page, answers, what must be put right because of them. */
const MISTAKES: readonly (readonly [string, Answers, string])[] = [
  ['arbeitsunfaehigkeit', { au_seit: '2026-11-25' }, 'au_seit date.future'],
  [
    'arbeitsunfaehigkeit',
    { au_seit: '2026-11-01', entgeltfortzahlung_bis: '2026-10-31' },
    'entgeltfortzahlung_bis date.tooEarly',
  ],
  [
    'arbeit',
    {
      gearbeitet_waehrend_au: 'ja',
      gearbeitet_von: '2026-11-10',
      gearbeitet_bis: '2026-11-09',
    },
    'gearbeitet_bis date.tooEarly',
  ],
  [
    'weitere-angaben',
    { auslandsaufenthalt: 'ja', ausland_von: '2027-01-05', ausland_bis: '2027-01-01' },
    'ausland_bis date.tooEarly',
  ],
  ['konto', { steuer_id: '12345678901' }, 'steuer_id steuer_id.invalid'],
]

for (const [page, answers, problem] of MISTAKES) {
  test(`${problem} in ${JSON.stringify(answers)}`, () => {
    assert.ok(problems(page, answers).includes(problem), problems(page, answers).join('; '))
  })
}

test('an accident brings the note on its own questionnaire, wages paid in future only a hint', () => {
  const infos = (answers: Answers) =>
    view(answers).steps[0]?.blocks.flatMap((block) => (block.kind === 'info' ? [block.id] : []))
  assert.deepEqual(infos({ ursache: 'unfall' }), ['unfall'])
  assert.deepEqual(infos({ ursache: 'krankheit' }), [])
  const [step] = view({
    au_seit: '2026-11-01',
    ursache: 'krankheit',
    entgeltfortzahlung_bis: '2026-12-12',
  }).steps
  assert.deepEqual(step?.errors, [])
  assert.deepEqual(
    step?.hints.map(({ code }) => code),
    ['check.lohn-weiter'],
  )
})
