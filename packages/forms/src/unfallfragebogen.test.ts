// unfallfragebogen as tables: the way of each kind of accident, the required core, what is never asked twice (forms.md 2).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import type { Answers, Prefill } from '@einmal-pin/domain/form/answers'
import { evaluateForm } from '@einmal-pin/domain/form/evaluate'
import { fieldsIn } from '@einmal-pin/domain/form/step-status'
import { loadForm } from './load-form.ts'

const FORM = loadForm('unfallfragebogen')
const TODAY = '2026-11-24' as CalendarDate
const view = (answers: Answers, prefill: Prefill = {}) =>
  evaluateForm(FORM, answers, { today: TODAY, prefill })
const pages = (answers: Answers) => view(answers).steps.map(({ id }) => id)
const issues = (answers: Answers, prefill: Prefill = {}) =>
  view(answers, prefill).steps.flatMap(({ errors, hints }) =>
    [...errors, ...hints].map(({ level, path, code }) => `${level} ${path} ${code}`),
  )

const BEFORE = ['ereignis', 'hergang', 'arbeit', 'unfallart']
const AFTER = ['beteiligte', 'anwalt', 'beweise', 'folgen', 'pruefen']

test('no accident: only the cause, the consequences and the last page', () => {
  const answers = { war_unfall: 'nein', art: 'gewalt', fremdverschulden: 'ja', hergang: 'x' }
  assert.deepEqual(pages(answers), ['ereignis', 'folgen', 'pruefen'])
  assert.deepEqual(view(answers).answers, { war_unfall: 'nein' })
})

/** Kind of accident, and the page of its own that it brings up. */
const KINDS: readonly (readonly [string, readonly string[]])[] = [
  ['verkehr', ['verkehr']],
  ['sturz', ['sturz']],
  ['tier', ['tier']],
  ['gewalt', ['gewalt']],
  ['sport', ['sport']],
  ['produkt', ['produkt']],
  ['behandlung', ['behandlungsfehler']],
  ['vergiftung', ['vergiftung']],
  ['allein', []],
  ['sonst', []],
]

for (const [art, own] of KINDS) {
  for (const war_unfall of ['ja', 'ohne_einwirkung', 'weiss_nicht']) {
    test(`${art}, accident: ${war_unfall}`, () => {
      assert.deepEqual(pages({ war_unfall, art }), [...BEFORE, ...own, ...AFTER])
    })
  }
}

test('only the core is required, whatever kind of accident it was', () => {
  const core = [
    ...['war_unfall', 'datum', 'ort_art', 'ort', 'hergang', 'verletzung'],
    ...['bezug', 'arbeitgeber', 'art', 'fremdverschulden'],
    // The last page of all forms.
    ...['ausgefuellt_von', 'erklaerung_richtig'],
  ]
  for (const [art] of KINDS) {
    const { steps } = view({ war_unfall: 'ja', bezug: 'arbeit', art, fremdverschulden: 'ja' })
    const required = steps
      .flatMap(({ blocks }) => fieldsIn(blocks))
      .filter((field) => field.required)
      .map(({ path }) => path)
    assert.deepEqual(required, core, art)
  }
})

test('every question about violence can be left empty or answered with "Keine Angabe"', () => {
  const step = view({ art: 'gewalt', taeter_bekannt: 'ja' }).steps.find(({ id }) => id === 'gewalt')
  for (const { field, required } of fieldsIn(step?.blocks ?? [])) {
    assert.equal(required, false, field.key)
    if (!('options' in field)) continue
    assert.ok(
      field.options.some(({ value }) => value === 'ka'),
      field.key,
    )
  }
})

/** Answers of part C, and whether part D still asks who was at fault. */
const NAMED: readonly (readonly [Answers, boolean])[] = [
  [{ art: 'sonst' }, true],
  [{ art: 'sturz' }, true],
  [{ art: 'sturz', eigentuemer: 'Stadt Erfurt' }, false],
  [{ art: 'tier', eigenes_tier: 'nein', halter: 'Jo Hund' }, false],
  [{ art: 'gewalt', taeter_bekannt: 'ja', taeter_name: 'X' }, false],
  [{ art: 'sport', gegner_regelwidrig: 'ja', gegner_name: 'Y' }, false],
  [{ art: 'verkehr', gegner: [{ id: 'n1', name: 'Z' }] }, false],
  [{ art: 'verkehr', gegner: [{ id: 'n1', kennzeichen: 'EF-X 1' }] }, true],
  // Named on a page that no longer belongs to the kind of accident: hidden answers count for nothing.
  [{ art: 'sonst', eigentuemer: 'Stadt Erfurt' }, true],
]

for (const [answers, isAsked] of NAMED) {
  test(`${JSON.stringify(answers)}: who was at fault is ${isAsked ? '' : 'not '}asked`, () => {
    const step = view({ ...answers, fremdverschulden: 'ja' }).steps.find(
      ({ id }) => id === 'beteiligte',
    )
    const groups = step?.blocks.filter(({ kind }) => kind === 'repeat') ?? []
    assert.equal(groups.length, isAsked ? 1 : 0)
  })
}

test("one's own animal has no other keeper", () => {
  const own = view({ art: 'tier', eigenes_tier: 'ja', halter: 'Jo Hund' })
  assert.equal(own.answers['halter'], undefined)
})

/** Day of the accident, day of treatment known to the office, what is said about it. */
const DAYS: readonly (readonly [string, string | undefined, string | undefined])[] = [
  ['2026-11-24', undefined, undefined],
  ['2026-11-25', undefined, 'error datum date.future'],
  ['2022-11-24', undefined, undefined],
  ['2022-11-23', undefined, 'error datum check.unfall-zu-alt'],
  ['2026-06-01', '2026-06-01', undefined],
  ['2026-06-02', '2026-06-01', 'hint datum check.unfall-nach-behandlung'],
]

for (const [datum, treated, said] of DAYS) {
  test(`on ${datum}, treated ${treated ?? 'some day'}: ${said ?? 'nothing to say'}`, () => {
    const prefill: Prefill = treated === undefined ? {} : { behandlung_tag: treated }
    const about = issues({ war_unfall: 'ja', datum }, prefill).filter((issue) =>
      issue.includes(' datum '),
    )
    assert.deepEqual(about, said === undefined ? [] : [said])
  })
}

/** Answers, and what must be put right. */
const MISTAKES: readonly (readonly [Answers, string])[] = [
  [{ hergang: 'Gestürzt' }, 'error hergang text.tooShort'],
  [
    { stationaer_von: '2026-06-02', stationaer_bis: '2026-06-01' },
    'error stationaer_bis date.tooEarly',
  ],
  [{ au: 'ja', au_von: '2026-06-02', au_bis: '2026-06-01' }, 'error au_bis date.tooEarly'],
]

for (const [answers, problem] of MISTAKES) {
  test(`${problem} in ${JSON.stringify(answers)}`, () => {
    assert.ok(issues(answers).includes(problem), issues(answers).join('; '))
  })
}

test('who watched the child is asked only if the office says that it is under 15', () => {
  const asks = (prefill: Prefill) =>
    view({ war_unfall: 'ja' }, prefill)
      .steps.flatMap(({ blocks }) => fieldsIn(blocks))
      .some(({ path }) => path === 'betreuungsperson')
  assert.equal(asks({ person_unter_15: 'ja' }), true)
  assert.equal(asks({ person_unter_15: 'nein' }), false)
  assert.equal(asks({}), false)
})
