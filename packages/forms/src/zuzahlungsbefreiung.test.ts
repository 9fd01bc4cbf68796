// zuzahlungsbefreiung as tables: answers -> questions, proofs, the estimate by year, warnings (forms.md 6).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import type { Answers, AnswerValue } from '@einmal-pin/domain/form/answers'
import { documentSlots } from '@einmal-pin/domain/form/documents'
import { evaluateForm } from '@einmal-pin/domain/form/evaluate'
import { textWith } from '@einmal-pin/domain/form/messages'
import { fieldsIn } from '@einmal-pin/domain/form/step-status'
import { findStep } from '@einmal-pin/domain/form/steps'
import type { FormView } from '@einmal-pin/domain/form/view'
import { loadForm } from './load-form.ts'

const FORM = loadForm('zuzahlungsbefreiung')
const view = (answers: Answers): FormView =>
  evaluateForm(FORM, answers, { today: '2026-11-24' as CalendarDate, prefill: {} })

type Person = Record<string, AnswerValue>

/** A person with a yearly income in euros; 0 is none. */
function person(verhaeltnis: string, euros: number, more: Person = {}): Person {
  const einnahmen = [{ id: 'e1', art: 'lohn', betrag_jahr: euros * 100 }]
  const income: Person =
    euros === 0 ? { mit_einnahmen: 'nein' } : { mit_einnahmen: 'ja', einnahmen }
  return { verhaeltnis, geburtsdatum: '1980-05-01', chronisch: 'nein', ...income, ...more }
}

const ME = person('selbst', 30_000)
const SPOUSE = person('ehegatte', 20_000)
const CHILD = person('kind', 0, { geburtsdatum: '2015-05-01' })
const ILL = { chronisch: 'ja' }

const household = (jahr: number, people: readonly Person[], more: Answers = {}): Answers => ({
  ...{ jahr, sozialleistung: 'keine' },
  haushalt: people.map((one, at) => ({ ...one, id: `p${at + 1}` })),
  ...more,
})

/** Note of a page as the person reads it. */
function note(answers: Answers, stepId: string, id: string): string | undefined {
  const blocks = findStep(view(answers), stepId)?.blocks ?? []
  const info = blocks.find((block) => block.kind === 'info' && block.id === id)
  return info?.kind === 'info' ? textWith(info.text, info.params, 'de') : undefined
}

const amounts = (text: string | undefined) => text?.match(/[\d.]+,\d\d|\d(?= Prozent)/g)

test('each person has a page of its own behind the list', () => {
  assert.deepEqual(
    view(household(2026, [ME, CHILD])).steps.map(({ id }) => id),
    ['jahr', 'haushalt', 'haushalt/p1', 'haushalt/p2', 'zuzahlungen', 'konto', 'pruefen'],
  )
})

const QUESTIONS: readonly (readonly [string, Answers, readonly string[]])[] = [
  ['no income', household(2026, [person('selbst', 0)]), ['mit_einnahmen', 'chronisch']],
  [
    'an income',
    household(2026, [ME]),
    ['mit_einnahmen', 'art', 'betrag_jahr', 'nachweis', 'chronisch'],
  ],
  [
    'a chronic illness',
    household(2026, [person('selbst', 0, ILL)]),
    ['mit_einnahmen', 'chronisch', 'chronisch_nachweis', 'pflegegrad', 'gdb'],
  ],
  ['a social benefit', household(2026, [ME], { sozialleistung: 'grundsicherung' }), ['chronisch']],
]

for (const [name, answers, expected] of QUESTIONS) {
  test(`a person with ${name} is asked ${expected.join(', ')}`, () => {
    const keys = fieldsIn(findStep(view(answers), 'haushalt/p1')?.blocks ?? []).map(
      ({ field }) => field.key,
    )
    assert.deepEqual(keys.slice(keys.indexOf('kasse') + 1), expected)
  })
}

const PROOFS: readonly (readonly [string, Answers, readonly string[]])[] = [
  ['an income', household(2026, [ME]), ['haushalt/p1/einnahmen/e1/nachweis']],
  [
    'a chronic illness',
    household(2026, [person('selbst', 0, ILL)]),
    ['haushalt/p1/chronisch_nachweis'],
  ],
  ['a social benefit', { sozialleistung: 'heim' }, ['sozialleistung_nachweis']],
  [
    'one co-payment',
    { zuzahlungen_wie: 'einzeln', zuzahlungen: [{ id: 'z1' }] },
    ['zuzahlungen/z1/beleg'],
  ],
  ['one sum', { zuzahlungen_wie: 'summe' }, ['zuzahlungen_belege']],
  ['nothing paid yet', { zuzahlungen_wie: 'noch_keine' }, []],
]

for (const [name, answers, expected] of PROOFS) {
  test(`proofs asked for: ${name}`, () => {
    assert.deepEqual(
      documentSlots(view(answers))
        .filter(({ required }) => required)
        .map(({ slot }) => slot),
      expected,
    )
  })
}

const BENEFIT = { sozialleistung: 'buergergeld' }
/** Limit, per cent, and the amount it is taken of. */
const LIMITS: readonly (readonly [string, Answers, readonly string[] | undefined])[] = [
  ['one person', household(2026, [ME]), ['600,00', '2', '30.000,00']],
  ['one chronically ill', household(2026, [{ ...ME, ...ILL }]), ['300,00', '1', '30.000,00']],
  ['a couple in 2026', household(2026, [ME, SPOUSE]), ['857,62', '2', '42.881,00']],
  ['a couple in 2025', household(2025, [ME, SPOUSE]), ['865,18', '2', '43.259,00']],
  ['a couple in 2024', household(2024, [ME, SPOUSE]), ['872,74', '2', '43.637,00']],
  [
    'a couple in 2027, the last figures',
    household(2027, [ME, SPOUSE]),
    ['857,62', '2', '42.881,00'],
  ],
  [
    'a family, a child chronically ill',
    household(2026, [ME, SPOUSE, CHILD, { ...CHILD, ...ILL }]),
    ['233,69', '1', '23.369,00'],
  ],
  [
    'two spouses by mistake: one allowance',
    household(2026, [ME, SPOUSE, person('ehegatte', 0)]),
    ['857,62', '2', '42.881,00'],
  ],
  [
    'more allowances than income',
    household(2026, [person('selbst', 5_000), CHILD]),
    ['0,00', '2', '0,00'],
  ],
  ['a benefit', household(2026, [ME], BENEFIT), ['135,12', '2', '6.756,00']],
  ['a benefit and ill', household(2026, [{ ...ME, ...ILL }], BENEFIT), ['67,56', '1', '6.756,00']],
  ['no income named yet', household(2026, [person('selbst', 0)]), undefined],
  ['a year without figures', household(2023, [ME]), undefined],
]

for (const [name, answers, expected] of LIMITS) {
  test(`estimate: ${name}`, () => {
    const text = note(answers, 'haushalt', 'grenze')
    assert.deepEqual(amounts(text), expected)
    if (text !== undefined) assert.match(text, /^Unverbindliche Schätzung/)
  })
}

test('what was paid is set against the limit, one by one or as a sum', () => {
  const paid = (...cents: readonly number[]) =>
    household(2026, [ME], {
      zuzahlungen_wie: 'einzeln',
      zuzahlungen: cents.map((betrag, at) => ({ id: `z${at}`, betrag })),
    })
  const over = (answers: Answers) => amounts(note(answers, 'zuzahlungen', 'ueber-grenze'))
  const under = (answers: Answers) => amounts(note(answers, 'zuzahlungen', 'unter-grenze'))
  assert.deepEqual(over(paid(50_000, 15_050)), ['650,50', '600,00', '50,50'])
  assert.equal(under(paid(50_000, 15_050)), undefined)
  assert.deepEqual(under(paid(60_000)), ['600,00', '600,00', '0,00'])
  assert.deepEqual(under(paid(1_000)), ['10,00', '600,00', '590,00'])
  const years = household(2026, [ME], {
    zuzahlungen_wie: 'einzeln',
    zuzahlungen: ['2025-12-31', '2026-01-01'].map((datum) => ({
      ...{ id: datum, datum, betrag: 2_000 },
    })),
  })
  assert.deepEqual(under(years), ['20,00', '600,00', '580,00'], 'another year does not count')
  const sum = { zuzahlungen_wie: 'summe', zuzahlungen_summe: 70_000 }
  assert.deepEqual(over(household(2026, [ME], sum)), ['700,00', '600,00', '100,00'])
})

test('who pays in advance sees what is left to the limit', () => {
  const answers = household(2026, [ME], {
    ...{ zuzahlungen_wie: 'summe', zuzahlungen_summe: 10_000 },
    vorauszahlung: 'ja',
  })
  assert.deepEqual(amounts(note(answers, 'konto', 'vorauszahlung')), ['500,00'])
})

test('a household without the person who fills in is warned about', () => {
  assert.equal(note(household(2026, [ME]), 'haushalt', 'ohne-selbst'), undefined)
  assert.ok(note(household(2026, [SPOUSE]), 'haushalt', 'ohne-selbst'))
  assert.equal(note({ jahr: 2026 }, 'haushalt', 'ohne-selbst'), undefined)
})

const payment = (more: Person): Answers => ({
  ...{ jahr: 2026, zuzahlungen_wie: 'einzeln' },
  zuzahlungen: [{ id: 'z1', datum: '2026-03-01', art: 'arznei', betrag: 1_000, ...more }],
})
const ISSUES: readonly (readonly [string, Answers, readonly string[]])[] = [
  ['next year', { jahr: 2027 }, []],
  ['the year after', { jahr: 2028 }, ['error jahr check.jahr-zu-spaet']],
  ['four years ago', { jahr: 2022 }, []],
  ['five years ago', { jahr: 2021 }, ['hint jahr check.jahr-lange-her']],
  [
    'oneself twice',
    household(2026, [ME, ME]),
    [
      'warning haushalt/p1/verhaeltnis check.person-doppelt',
      'warning haushalt/p2/verhaeltnis check.person-doppelt',
    ],
  ],
  ['two children', household(2026, [ME, CHILD, CHILD]), []],
  [
    'a child of 18 when the year begins',
    household(2026, [ME, { ...CHILD, geburtsdatum: '2008-01-01' }]),
    ['hint haushalt/p2/geburtsdatum check.kind-erwachsen'],
  ],
  ['a day younger', household(2026, [ME, { ...CHILD, geburtsdatum: '2008-01-02' }]), []],
  ['a receipt of the year', payment({}), []],
  [
    'a receipt of the year before',
    payment({ datum: '2025-12-31' }),
    ['warning zuzahlungen/z1/datum check.anderes-jahr'],
  ],
  [
    'a receipt of tomorrow',
    payment({ datum: '2026-11-25' }),
    ['error zuzahlungen/z1/datum date.future'],
  ],
]

for (const [name, answers, expected] of ISSUES) {
  test(`issues: ${name}`, () => {
    const found = view(answers)
      .steps.flatMap(({ errors, hints }) => [...errors, ...hints])
      .filter(({ code }) => !code.endsWith('.required'))
    assert.deepEqual(
      found.map(({ level, path, code }) => `${level} ${path} ${code}`),
      expected,
    )
  })
}

test('the same co-payment twice is a warning at both', () => {
  const one = { datum: '2026-03-01', art: 'arznei', betrag: 1_000 }
  const answers = {
    ...{ jahr: 2026, zuzahlungen_wie: 'einzeln' },
    zuzahlungen: [
      { ...one, id: 'z1' },
      { ...one, id: 'z2' },
    ],
  }
  const codes = findStep(view(answers), 'zuzahlungen')?.hints.map(({ code }) => code)
  assert.deepEqual(codes, ['check.zuzahlung-doppelt', 'check.zuzahlung-doppelt'])
})
