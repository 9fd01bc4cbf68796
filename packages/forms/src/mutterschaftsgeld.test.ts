// mutterschaftsgeld as tables: before and after the birth, and the day that lies too far away (forms.md 8).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import type { Answers, Prefill } from '@einmal-pin/domain/form/answers'
import { evaluateForm } from '@einmal-pin/domain/form/evaluate'
import { fieldsIn } from '@einmal-pin/domain/form/step-status'
import { loadForm } from './load-form.ts'

const FORM = loadForm('mutterschaftsgeld')
const TODAY = '2026-11-24' as CalendarDate
const view = (answers: Answers, prefill: Prefill = {}) =>
  evaluateForm(FORM, answers, { today: TODAY, prefill })
const asked = (answers: Answers, prefill: Prefill = {}) =>
  view(answers, prefill).steps.map(({ id, blocks }) =>
    [id, ...fieldsIn(blocks).map(({ path }) => path)].join(' '),
  )

test('before the birth, also when the office has not said so, everything but the birth is asked', () => {
  const expected = [
    'entbindung entbindung_voraussichtlich zeugnis',
    'beschaeftigung beschaeftigt',
    'elternzeit elternzeit_von elternzeit_bis mehrlinge fruehgeburt',
    'konto iban kontoinhaber',
  ]
  assert.deepEqual(asked({}).slice(0, -1), expected)
  const known = asked({}, { phase: 'vor' }).slice(0, -1)
  assert.deepEqual(known, [
    'entbindung phase entbindung_voraussichtlich zeugnis',
    ...expected.slice(1),
  ])
})

test('after the birth only the birth and the account are asked for', () => {
  const steps = asked({ beschaeftigt: 'ag', mehrlinge: 'ja' }, { phase: 'nach' })
  assert.deepEqual(steps.slice(0, -1), [
    'entbindung phase geburt_am geburtsurkunde',
    'konto iban kontoinhaber',
  ])
})

/** Employment, and the questions that it brings up. */
const JOBS: readonly (readonly [string, readonly string[]])[] = [
  ['ag', ['ag_name', 'ag_beginn', 'letzter_arbeitstag']],
  ['heimarbeit', ['letzter_arbeitstag']],
  ['gekuendigt', []],
  ['alg', []],
  ['selbst_kg', []],
  ['keine', []],
]

for (const [beschaeftigt, more] of JOBS) {
  test(`${beschaeftigt} asks for ${more.join(', ') || 'nothing more'}`, () => {
    const page = view({ beschaeftigt }).steps.find(({ id }) => id === 'beschaeftigung')
    const fields = fieldsIn(page?.blocks ?? []).map(({ path }) => path)
    assert.deepEqual(fields, ['beschaeftigt', ...more])
  })
}

/** Expected day, and whether somebody should look at the year again. */
const DAYS: readonly (readonly [string, boolean])[] = [
  ['2026-02-23', true],
  ['2026-02-24', false],
  ['2026-12-31', false],
  ['2027-08-24', false],
  ['2027-08-25', true],
]

for (const [day, isOdd] of DAYS) {
  test(`expected on ${day}: ${isOdd ? 'a warning' : 'nothing to say'}, never an error`, () => {
    const [step] = view({ entbindung_voraussichtlich: day }).steps
    const about = [...(step?.errors ?? []), ...(step?.hints ?? [])].filter(
      ({ path }) => path === 'entbindung_voraussichtlich',
    )
    assert.deepEqual(
      about.map(({ level, code }) => `${level} ${code}`),
      isOdd ? ['warning check.termin-weit-weg'] : [],
    )
  })
}
