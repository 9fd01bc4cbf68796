// bescheinigung-nachreichen as tables: what the office asks for, what the person answers (forms.md 7).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import type { Answers, Prefill } from '@einmal-pin/domain/form/answers'
import { listDocumentIds } from '@einmal-pin/domain/form/documents'
import { evaluateForm } from '@einmal-pin/domain/form/evaluate'
import { fieldsIn } from '@einmal-pin/domain/form/step-status'
import { validatePage } from '@einmal-pin/domain/form/steps'
import { answersInFormOrder } from '@einmal-pin/domain/form/summary'
import { validatePrefill } from '@einmal-pin/domain/form/validate-prefill'
import { loadForm } from './load-form.ts'

const FORM = loadForm('bescheinigung-nachreichen')
const TODAY = '2026-11-24' as CalendarDate
const STUDY = { art: 'studium', bezeichnung: 'Studienbescheinigung Wintersemester' }
const TWO: Prefill = { anforderungen: [STUDY, { art: 'rente', bezeichnung: 'Rentenbescheid' }] }
const item = (more: object, id = 'k1'): Answers => ({ anforderungen: [{ id, ...more }] }) as Answers
const errors = (answers: Answers, prefill: Prefill = {}) =>
  validatePage(FORM, answers, 'unterlagen', { today: TODAY, prefill }).map(
    ({ path, code }) => `${path} ${code}`,
  )
const asked = (answers: Answers, prefill: Prefill = {}) =>
  fieldsIn(evaluateForm(FORM, answers, { today: TODAY, prefill }).steps[0]?.blocks ?? []).map(
    (field) => field.path.replace('anforderungen/', ''),
  )

test('without a list from the office one item "Unterlagen laut Brief" is asked for', () => {
  for (const prefill of [{}, { anforderungen: [] }]) {
    const { answers } = evaluateForm(FORM, {}, { today: TODAY, prefill })
    assert.deepEqual(answers, {
      anforderungen: [{ id: 'k1', art: 'sonst', bezeichnung: 'Unterlagen laut Brief' }],
    })
  }
})

test('the list of the office is fixed: nothing can be added, removed or renamed', () => {
  const given = {
    anforderungen: [
      { id: 'k2', bezeichnung: 'umbenannt', vorhanden: 'jetzt', dateien: ['d1'] },
      { id: 'x1', vorhanden: 'jetzt', dateien: ['d2'] },
    ],
  }
  const ctx = { today: TODAY, prefill: TWO }
  const { answers } = evaluateForm(FORM, given, ctx)
  assert.deepEqual(answers['anforderungen'], [
    { id: 'k1', ...STUDY },
    { id: 'k2', art: 'rente', bezeichnung: 'Rentenbescheid', vorhanden: 'jetzt', dateien: ['d1'] },
  ])
  assert.deepEqual(listDocumentIds(FORM, given, ctx), ['d1'])
})

test('all items must be answered, and a missing document does not block sending', () => {
  assert.deepEqual(errors({}, TWO), [
    'anforderungen/k1/vorhanden choice.required',
    'anforderungen/k2/vorhanden choice.required',
  ])
  assert.deepEqual(errors(item({ vorhanden: 'nicht_moeglich', grund: 'verloren' })), [])
  assert.deepEqual(errors(item({ vorhanden: 'spaeter', spaeter_bis: '2026-12-24' })), [])
})

const TABLE: readonly (readonly [string, object, readonly string[]])[] = [
  ['now without a file', { vorhanden: 'jetzt' }, ['anforderungen/k1/dateien file.required']],
  ['now with a file', { vorhanden: 'jetzt', dateien: ['d1'] }, []],
  ['later without a day', { vorhanden: 'spaeter' }, ['anforderungen/k1/spaeter_bis date.required']],
  [
    'later but in the past',
    { vorhanden: 'spaeter', spaeter_bis: '2026-11-23' },
    ['anforderungen/k1/spaeter_bis date.past'],
  ],
  [
    'impossible without a reason',
    { vorhanden: 'nicht_moeglich' },
    ['anforderungen/k1/grund field.required'],
  ],
]

for (const [name, answers, expected] of TABLE) {
  test(`errors: ${name}`, () => assert.deepEqual(errors(item(answers)), expected))
}

test('a certificate of enrolment handed in now is asked for university and semester', () => {
  const prefill = { anforderungen: [STUDY] }
  const semester = ['k1/hochschule', 'k1/semester_von', 'k1/semester_bis']
  const now = asked(item({ vorhanden: 'jetzt' }), prefill)
  assert.deepEqual(
    now.filter((path) => semester.includes(path)),
    semester,
  )
  const later = asked(item({ vorhanden: 'spaeter' }), prefill)
  assert.deepEqual(
    later.filter((path) => semester.includes(path)),
    [],
  )
})

test('the list of the office is checked at import', () => {
  const codes = (prefill: unknown) =>
    validatePrefill(FORM, prefill, TODAY).map(({ path, code }) => `${path} ${code}`)
  assert.deepEqual(codes({}), [])
  assert.deepEqual(codes(TWO), [])
  assert.deepEqual(codes({ anforderungen: [{ art: 'pass' }] }), [
    'anforderungen/1/art prefill.value',
  ])
  assert.deepEqual(codes({ anforderungen: [{ vorhanden: 'jetzt' }] }), [
    'anforderungen/1/vorhanden prefill.notPrefillable',
  ])
  assert.deepEqual(codes({ diagnose: 'x' }), ['diagnose prefill.unknown'])
})

test('each item is a section of its own with the name that the office gave it', () => {
  const sections = answersInFormOrder(FORM, {}, { today: TODAY, prefill: TWO }, { locale: 'de' })
  assert.deepEqual(sections.map((section) => section.title).slice(0, 3), [
    'Ihre Unterlagen: Studienbescheinigung Wintersemester',
    'Ihre Unterlagen: Rentenbescheid',
    'Ihre Unterlagen',
  ])
})

test('a photo for the card is asked for on paper only: no question, no upload, nothing missing', () => {
  const prefill = {
    anforderungen: [{ art: 'lichtbild', bezeichnung: 'Lichtbild für die Gesundheitskarte' }, STUDY],
  }
  const given = item({ vorhanden: 'jetzt', dateien: ['d1'] })
  assert.deepEqual(listDocumentIds(FORM, given, { today: TODAY, prefill }), [])
  assert.deepEqual(asked({}, prefill), [
    'k1/art',
    'k1/bezeichnung',
    'k2/art',
    'k2/bezeichnung',
    'k2/vorhanden',
    'bemerkung',
  ])
  assert.deepEqual(errors({}, prefill), ['anforderungen/k2/vorhanden choice.required'])
})
