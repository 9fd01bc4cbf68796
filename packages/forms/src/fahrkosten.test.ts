// fahrkosten as tables: answers -> pages, questions, proofs, estimates, warnings (forms.md 5).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import type { Answers, AnswerValue } from '@einmal-pin/domain/form/answers'
import { documentSlots } from '@einmal-pin/domain/form/documents'
import { answerAt, withCopy } from '@einmal-pin/domain/form/edit'
import { evaluateForm } from '@einmal-pin/domain/form/evaluate'
import { textWith } from '@einmal-pin/domain/form/messages'
import { fieldsIn } from '@einmal-pin/domain/form/step-status'
import { findStep } from '@einmal-pin/domain/form/steps'
import type { FormView } from '@einmal-pin/domain/form/view'
import { loadForm } from './load-form.ts'

const FORM = loadForm('fahrkosten')
const view = (answers: Answers): FormView =>
  evaluateForm(FORM, answers, { today: '2026-11-24' as CalendarDate, prefill: {} })

type Trip = Record<string, AnswerValue>
const CAR: Trip = {
  ...{ datum: '2026-11-02', anlass: 'serie', von: 'zu Hause', nach: 'Klinik Nord' },
  ...{ hin_rueck: 'beides', mittel: 'pkw', km: 40 },
}
const taxi = (betrag: number): Trip => ({ ...CAR, hin_rueck: 'hin', mittel: 'taxi', betrag })
const trips = (...list: readonly Trip[]): Answers => ({
  fahrten: list.map((trip, at) => ({ ...trip, id: `f${at + 1}` })),
})

/** Notes of a page as the person reads them, amounts only. */
function amounts(answers: Answers, stepId: string, note: string): readonly string[] | undefined {
  const blocks = findStep(view(answers), stepId)?.blocks ?? []
  const info = blocks.find((block) => block.kind === 'info' && block.id === note)
  if (info?.kind !== 'info') return undefined
  return textWith(info.text, info.params, 'de').match(/[\d.]+,\d\d/g) ?? []
}

const PAGES = ['fahrten', 'begleitung', 'nachweise', 'zuzahlung', 'konto', 'pruefen']

test('each trip has a page of its own behind the list', () => {
  const ids = (answers: Answers) => view(answers).steps.map(({ id }) => id)
  assert.deepEqual(ids({}), PAGES)
  assert.deepEqual(ids(trips(CAR, CAR)), ['fahrten', 'fahrten/f1', 'fahrten/f2', ...PAGES.slice(1)])
})

const MEANS: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['pkw', ['km'], []],
  ['oepnv', ['betrag', 'beleg'], ['fahrten/f1/beleg']],
  ['taxi', ['betrag', 'beleg'], ['fahrten/f1/beleg', 'verordnung']],
  ['ktw', ['betrag', 'beleg'], ['fahrten/f1/beleg', 'verordnung']],
]

for (const [mittel, asked, proofs] of MEANS) {
  test(`a trip by ${mittel} is asked ${asked.join(' and ')}`, () => {
    const shown = view(trips({ ...CAR, mittel }))
    const keys = fieldsIn(findStep(shown, 'fahrten/f1')?.blocks ?? []).map(({ field }) => field.key)
    assert.deepEqual(keys.slice(keys.indexOf('mittel') + 1), asked)
    const required = documentSlots(shown).filter(({ required: must }) => must)
    assert.deepEqual(
      required.map(({ slot }) => slot),
      proofs,
    )
  })
}

/** Cost, and what the person pays of it: 10 %, at least 5, at most 10 EUR a trip, never more than the cost. */
const COSTS: readonly (readonly [string, readonly Trip[], readonly string[]])[] = [
  ['40 km there and back', [CAR], ['16,00', '10,00']],
  ['40 km one way', [{ ...CAR, hin_rueck: 'rueck' }], ['8,00', '5,00']],
  ['a taxi for 75 EUR', [taxi(7_500)], ['75,00', '7,50']],
  ['an ambulance for 480 EUR', [{ ...taxi(48_000), mittel: 'ktw' }], ['480,00', '10,00']],
  [
    'a taxi there and back for 150 EUR',
    [{ ...taxi(15_000), hin_rueck: 'beides' }],
    ['150,00', '15,00'],
  ],
  ['a bus for 2.80 EUR', [{ ...taxi(280), mittel: 'oepnv' }], ['2,80', '2,80']],
  ['several', [CAR, taxi(7_500), taxi(20_000)], ['291,00', '27,50']],
]

for (const [name, list, expected] of COSTS) {
  test(`estimate: ${name}`, () => {
    assert.deepEqual(amounts(trips(...list), 'fahrten', 'kosten'), expected)
  })
}

test('the refund is the cost less the co-payment, or all of it for who is exempt', () => {
  const refund = (zuzahlungsbefreit: string) =>
    amounts({ ...trips(CAR, taxi(7_500)), zuzahlungsbefreit }, 'konto', 'erstattung')
  assert.deepEqual(refund('nein'), ['91,00', '73,50'])
  assert.deepEqual(refund('ja'), ['91,00', '91,00'])
  assert.equal(amounts(trips(CAR), 'konto', 'erstattung'), undefined)
})

test('the kilometres of a trip show their refund at once', () => {
  assert.deepEqual(amounts(trips(CAR), 'fahrten/f1', 'km'), ['0,20', '16,00'])
  assert.equal(amounts(trips(taxi(100)), 'fahrten/f1', 'km'), undefined)
})

test('a companion needs a reason', () => {
  const keys = (begleitperson: string) =>
    fieldsIn(findStep(view({ begleitperson }), 'begleitung')?.blocks ?? []).map(({ path }) => path)
  assert.deepEqual(keys('nein'), ['begleitperson'])
  assert.deepEqual(keys('ja'), ['begleitperson', 'begleit_grund'])
})

const ISSUES: readonly (readonly [string, Answers, readonly string[]])[] = [
  ['one trip', trips(CAR), []],
  [
    'the same trip twice',
    trips(CAR, CAR),
    [
      'warning fahrten/f1/datum check.fahrt-doppelt',
      'warning fahrten/f2/datum check.fahrt-doppelt',
    ],
  ],
  ['another day', trips(CAR, { ...CAR, datum: '2026-11-03' }), []],
  ['tomorrow', trips({ ...CAR, datum: '2026-11-25' }), ['error fahrten/f1/datum date.future']],
  ['1 January four years ago', trips({ ...CAR, datum: '2022-01-01' }), []],
  [
    'the day before',
    trips({ ...CAR, datum: '2021-12-31' }),
    ['hint fahrten/f1/datum check.lange-her'],
  ],
  [
    'sixty-one trips',
    trips(...Array.from({ length: 61 }, (_, at): Trip => ({ ...CAR, von: `Weg ${at}` }))),
    ['error fahrten repeat.tooMany'],
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

test('"like the previous trip" leaves out date, cost and receipt', () => {
  const start = trips({ ...taxi(7_500), beleg: { wie: 'jetzt', dateien: ['d1'] } })
  const [list] = findStep(view(start), 'fahrten')?.blocks ?? []
  assert.ok(list?.kind === 'repeat' && list.copy)
  const copied = answerAt(withCopy(start, 'fahrten', list.copy.from, 'f2'), 'fahrten/f2')
  const { datum: _day, ...route } = CAR
  assert.deepEqual(copied, [{ ...route, hin_rueck: 'hin', mittel: 'taxi', id: 'f2' }])
})
