// familienversicherung as tables: answers -> pages, questions, proofs, hints and errors (forms.md 1).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import type { Answers, AnswerValue, Item } from '@einmal-pin/domain/form/answers'
import { documentSlots } from '@einmal-pin/domain/form/documents'
import { evaluateForm } from '@einmal-pin/domain/form/evaluate'
import { issueText } from '@einmal-pin/domain/form/messages'
import { fieldsIn } from '@einmal-pin/domain/form/step-status'
import { findStep } from '@einmal-pin/domain/form/steps'
import { changedAgainstPrefill } from '@einmal-pin/domain/form/summary'
import { validatePrefill } from '@einmal-pin/domain/form/validate-prefill'
import type { FormView } from '@einmal-pin/domain/form/view'
import { loadForm } from './load-form.ts'

const FORM = loadForm('familienversicherung')
const TODAY = '2026-11-24' as CalendarDate
const PREFILL = {
  zeitraum_von: '2025-11-01',
  zeitraum_bis: '2026-10-31',
  mitglied_vorname: 'Eva',
  mitglied_name: 'Muster',
  angehoerige: [{ vorname: 'Mia', geburtsjahr: 2010 }],
}
const CTX = { today: TODAY, prefill: PREFILL }
const view = (answers: Answers): FormView => evaluateForm(FORM, answers, CTX)
const MARRIED: Answers = { mitglied_name: 'Muster', familienstand: 'verheiratet' }

type Child = Record<string, AnswerValue>
const child = (more: Child): Item => ({ id: 'k1', vorname: 'Mia', name: 'Muster', ...more })
const withChild = (more: Child, rest: Answers = MARRIED): Answers => ({
  ...rest,
  angehoerige: [child(more)],
})
const STEP = 'angehoerige/k1'
const asked = (answers: Answers, step = STEP): readonly string[] =>
  fieldsIn(findStep(view(answers), step)?.blocks ?? []).map(({ field }) => field.key)
const proofs = (answers: Answers): readonly string[] =>
  documentSlots(view(answers))
    .map((slot) => slot.slot)
    .filter((slot) => slot.startsWith('angehoerige/k1/'))
    .map((slot) => slot.slice('angehoerige/k1/'.length))
const found = (answers: Answers): readonly string[] =>
  view(answers)
    .steps.flatMap((step) => [...step.errors, ...step.hints])
    .filter((issue) => !issue.code.endsWith('.required'))
    .map((issue) => `${issue.level} ${issue.path} ${issue.code}`)

const BASE = ['mitglied', 'angehoerige', STEP, 'neue-angehoerige', 'erklaerungen', 'pruefen']
const SPOUSE = ['mitglied', 'ehegatte', ...BASE.slice(1)]
const SPOUSE_INCOME = [...SPOUSE.slice(0, 5), 'ehegatte-einkommen', ...SPOUSE.slice(5)]

const PARENT = { verwandtschaft: 'leiblich', ehegatte_verwandt: 'ja' }
const PAGES: readonly (readonly [string, Answers, readonly string[]])[] = [
  ['nothing answered', {}, BASE],
  ['single', { familienstand: 'ledig' }, BASE],
  ['married', MARRIED, SPOUSE],
  ['living apart', { familienstand: 'getrennt' }, SPOUSE],
  [
    'spouse in statutory insurance',
    { ...withChild(PARENT), eg_versicherung: 'eigene_gkv' },
    SPOUSE,
  ],
  [
    'spouse private, not a parent',
    { ...withChild({ ...PARENT, ehegatte_verwandt: 'nein' }), eg_versicherung: 'privat' },
    SPOUSE,
  ],
  [
    'spouse private and a parent',
    { ...withChild(PARENT), eg_versicherung: 'privat' },
    SPOUSE_INCOME,
  ],
  [
    'spouse without insurance and a parent',
    { ...withChild(PARENT), eg_versicherung: 'keine' },
    SPOUSE_INCOME,
  ],
  [
    'divorced again, old answers left',
    { ...withChild(PARENT), familienstand: 'geschieden', eg_versicherung: 'privat' },
    BASE,
  ],
  [
    'child was never insured',
    { ...withChild({ ...PARENT, weiterhin: 'nie' }), eg_versicherung: 'privat' },
    SPOUSE,
  ],
  [
    'a new child is the reason',
    {
      ...MARRIED,
      eg_versicherung: 'beihilfe',
      neue_angehoerige: 'ja',
      neu: [{ id: 'x1', ...PARENT }],
    },
    [...SPOUSE.slice(0, 5), 'neue-angehoerige/x1', 'ehegatte-einkommen', 'erklaerungen', 'pruefen'],
  ],
]

for (const [name, answers, expected] of PAGES) {
  test(`pages: ${name}`, () => {
    assert.deepEqual(
      view(answers).steps.map((step) => step.id),
      expected,
    )
  })
}

const AGE = ['ausbildung', 'ausb_von', 'uebergangszeit', 'dienst', 'behindert'] as const
const AGES: readonly (readonly [string, Child, readonly string[]])[] = [
  ['17 at the end of the period', { geburtsdatum: '2008-11-01' }, []],
  ['18 on the last day of the period', { geburtsdatum: '2008-10-31' }, ['ausbildung']],
  ['22', { geburtsdatum: '2003-11-01', ausbildung: 'schule' }, ['ausbildung']],
  [
    '23 in training',
    { geburtsdatum: '2003-10-31', ausbildung: 'berufsausbildung' },
    ['ausbildung', 'ausb_von', 'uebergangszeit', 'dienst'],
  ],
  [
    '24 without work',
    { geburtsdatum: '2001-11-01', ausbildung: 'ohne' },
    ['ausbildung', 'uebergangszeit', 'dienst'],
  ],
  ['25', { geburtsdatum: '2001-10-31' }, ['dienst', 'behindert']],
  [
    '22 when the insurance ended',
    { geburtsdatum: '2003-10-31', weiterhin: 'endet', ende_am: '2026-10-30' },
    ['ausbildung'],
  ],
  ['unknown age', {}, []],
]

for (const [name, answers, expected] of AGES) {
  test(`a child of ${name} is asked ${expected.join(', ') || 'nothing about training'}`, () => {
    const keys = asked(withChild({ ...PARENT, ...answers }))
    assert.deepEqual(
      AGE.filter((key) => keys.includes(key)),
      expected,
    )
  })
}

test('a spouse is asked nothing about training, whatever the age', () => {
  const keys = asked(withChild({ verwandtschaft: 'ehegatte', geburtsdatum: '1980-01-01' }))
  assert.ok(!keys.includes('dienst') && !keys.includes('ehegatte_verwandt'))
})

const job = (more: Child): Child => ({
  beschaeftigung: 'ja',
  beschaeftigungen: [{ id: 'j1', art: 'mehr', brutto_monat: 56_500, ...more }],
})
const WAGE = 'beschaeftigungen/j1/lohn_nachweis'
const STUDENT = { ...PARENT, geburtsdatum: '2003-01-01' }
const PROOFS: readonly (readonly [string, Child, readonly string[]])[] = [
  ['same last name', { name: 'muster ' }, []],
  ['another last name', { name: 'Schmidt' }, ['name_nachweis']],
  [
    'a stepchild outside the household, maintained',
    { verwandtschaft: 'stiefkind', im_haushalt: 'nein', ueberwiegender_unterhalt: 'ja' },
    ['unterhalt_nachweis'],
  ],
  [
    'a stepchild in the household',
    { verwandtschaft: 'enkel', im_haushalt: 'ja', ueberwiegender_unterhalt: 'ja' },
    [],
  ],
  ['a job at the limit of 2026', job({}), []],
  ['a job one cent above the limit', job({ brutto_monat: 56_501 }), [WAGE]],
  [
    'a job above the limit by a bonus',
    job({ brutto_monat: 56_000, einmalzahlung_jahr: 12_000 }),
    [WAGE],
  ],
  ['a minijob between the limits', job({ art: 'minijob', brutto_monat: 60_300 }), []],
  ['a minijob above its limit', job({ art: 'minijob', brutto_monat: 60_301 }), [WAGE]],
  [
    'a job that was answered and then denied',
    { ...job({ brutto_monat: 99_900 }), beschaeftigung: 'nein' },
    [],
  ],
  ['self-employed', { selbststaendig: 'ja' }, ['steuerbescheid']],
  ['rent and capital', { sonstige_einkuenfte: ['vuv', 'kapital'] }, ['steuerbescheid']],
  ['severance only', { sonstige_einkuenfte: ['abfindung'] }, []],
  ['a pension', { rente: 'ja', renten: [{ id: 'r1' }] }, ['renten/r1/rentenbescheid']],
  ['apprentice of 23', { ...STUDENT, ausbildung: 'berufsausbildung' }, ['ausb_nachweis']],
  ['student of 23', { ...STUDENT, ausbildung: 'studium' }, ['studien_nachweis']],
  ['service', { ...STUDENT, dienst: 'ja' }, ['dienst_nachweis']],
  [
    'apprentice of 20',
    { ...PARENT, geburtsdatum: '2006-01-01', ausbildung: 'berufsausbildung' },
    [],
  ],
  [
    'disabled child of 30',
    { ...PARENT, geburtsdatum: '1996-01-01', behindert: 'ja' },
    ['behindert_nachweis'],
  ],
]

for (const [name, answers, expected] of PROOFS) {
  test(`proofs: ${name}`, () => assert.deepEqual(proofs(withChild(answers)), expected))
}

test('the proof of another name is not asked for if the office has it', () => {
  const prefill = { ...PREFILL, angehoerige: [{ vorname: 'Mia', name_belegt: 'ja' }] }
  const { steps } = evaluateForm(FORM, withChild({ name: 'Schmidt' }), { today: TODAY, prefill })
  const keys = steps.flatMap((step) => fieldsIn(step.blocks)).map(({ field }) => field.key)
  assert.ok(!keys.includes('name_nachweis'))
})

const at = (key: string): string => `angehoerige/k1/${key}`
const ISSUES: readonly (readonly [string, Answers, readonly string[]])[] = [
  [
    'income over the limit is a hint',
    withChild({
      ...job({ brutto_monat: 50_000 }),
      sonstige_einkuenfte: ['kapital'],
      kap_jahr: 90_000,
    }),
    [`hint ${at('sonstige_einkuenfte')} check.einkommen-ueber-grenze`],
  ],
  [
    'only a minijob has the higher limit',
    withChild({ ...job({ art: 'minijob', brutto_monat: 60_000 }) }),
    [],
  ],
  [
    'a minijob over its limit is a hint',
    withChild(job({ art: 'minijob', brutto_monat: 60_400 })),
    [`hint ${at('sonstige_einkuenfte')} check.minijob-ueber-grenze`],
  ],
  [
    '"keine" with another income is impossible',
    withChild({ sonstige_einkuenfte: ['keine', 'vuv'] }),
    [`error ${at('sonstige_einkuenfte')} choice.exclusive`],
  ],
  [
    'until before from is an error',
    withChild({ eigene_kv: 'ja', kv_von: '2026-05-01', kv_bis: '2026-04-30' }),
    [`error ${at('kv_bis')} date.tooEarly`],
  ],
  [
    'an insurance outside the period is a hint',
    withChild({ eigene_kv: 'ja', kv_von: '2024-05-01', kv_bis: '2025-10-31' }),
    [`hint ${at('kv_von')} check.versicherung-ausserhalb`],
  ],
  [
    'an end before the period is an error',
    withChild({ weiterhin: 'endet', ende_am: '2025-10-31' }),
    [`error ${at('ende_am')} check.ende-vor-zeitraum`],
  ],
  [
    'an end after the period is an error',
    withChild({ weiterhin: 'endet', ende_am: '2026-11-01' }),
    [`error ${at('ende_am')} date.tooLate`],
  ],
  [
    'another year of birth than known is a warning',
    withChild({ geburtsdatum: '2011-01-01' }),
    [`warning ${at('geburtsdatum')} check.geburtsjahr-anders`],
  ],
  [
    'birth in the future is an error',
    withChild({ geburtsdatum: '2026-12-01' }),
    [
      `error ${at('geburtsdatum')} date.future`,
      `warning ${at('geburtsdatum')} check.geburtsjahr-anders`,
    ],
  ],
  [
    'many hours of self-employment are a hint',
    withChild({ selbststaendig: 'ja', wochenstunden: 20, beschaeftigte: 'nein' }),
    [`hint ${at('wochenstunden')} check.hauptberuflich`],
  ],
  [
    'a parent of 14 is a warning',
    { ...withChild({ ...PARENT, geburtsdatum: '2010-06-01' }), eg_geburtsdatum: '1995-06-02' },
    [`warning ${at('geburtsdatum')} check.elternteil-zu-jung`],
  ],
  [
    'a parent of 15 is none',
    { ...withChild({ ...PARENT, geburtsdatum: '2010-06-01' }), eg_geburtsdatum: '1995-06-01' },
    [],
  ],
  [
    'a spouse insured here but not listed is a hint',
    { ...MARRIED, eg_versicherung: 'fami_hier' },
    ['hint neue_angehoerige check.ehegatte-fehlt'],
  ],
  [
    'what cannot be read yet is an error, and kept',
    withChild({ geburtsdatum: '31.2.2010' }),
    [`error ${at('geburtsdatum')} date.invalid`],
  ],
]

for (const [name, answers, expected] of ISSUES) {
  test(`checks: ${name}`, () => assert.deepEqual(found(answers), expected))
}

test('a hint names the sum and the limit of the period in the reader’s language', () => {
  const answers = withChild(job({ brutto_monat: 60_000 }))
  const [hint] = findStep(view(answers), STEP)?.hints ?? []
  assert.ok(hint)
  assert.match(issueText(hint, 'de'), /600,00 € .* 565,00 €/)
  assert.match(issueText(hint, 'en'), /€600\.00 .* €565\.00/)
})

test('the same person twice is a warning at both', () => {
  const twin = { vorname: 'Mia', geburtsdatum: '2010-01-01' }
  const answers = { ...withChild(twin), neue_angehoerige: 'ja', neu: [{ id: 'x1', ...twin }] }
  assert.deepEqual(found(answers), [
    `warning ${at('geburtsdatum')} check.zweimal`,
    'warning neu/x1/geburtsdatum check.zweimal',
  ])
})

test('a child over 25 who stays is a hint, never a refusal', () => {
  const prefill = { ...PREFILL, angehoerige: [{ vorname: 'Mia', geburtsjahr: 1996 }] }
  const answers = withChild({
    ...PARENT,
    weiterhin: 'ja',
    geburtsdatum: '1996-01-01',
    dienst: 'nein',
    behindert: 'nein',
  })
  const { steps } = evaluateForm(FORM, answers, { today: TODAY, prefill })
  assert.deepEqual(
    steps.flatMap((step) => step.hints.map((hint) => hint.code)),
    ['check.ab-25'],
  )
})

test('a known dependant is asked whether the insurance goes on, an added one is not', () => {
  const answers = { ...MARRIED, angehoerige: [child({}), { id: 'x1' }] }
  assert.ok(asked(answers).includes('weiterhin'))
  assert.ok(!asked(answers, 'angehoerige/x1').includes('weiterhin'))
})

test('"nie" closes the rest of the entry', () => {
  assert.deepEqual(asked(withChild({ weiterhin: 'nie' })), ['vorname', 'geburtsjahr', 'weiterhin'])
})

test('what the office knew may be prefilled, and nothing else', () => {
  assert.deepEqual(validatePrefill(FORM, PREFILL, TODAY), [])
  const refused = { familienstand: 'ledig', angehoerige: [{ geburtsdatum: '2010-01-01' }], x: 1 }
  assert.deepEqual(validatePrefill(FORM, refused, TODAY), [
    { path: 'familienstand', code: 'prefill.notPrefillable' },
    { path: 'angehoerige/1/geburtsdatum', code: 'prefill.notPrefillable' },
    { path: 'x', code: 'prefill.unknown' },
  ])
})

test('the clerk sees known and new values in form order', () => {
  const answers = {
    ...withChild({ vorname: 'Maja' }),
    mitglied_vorname: 'Eva',
    mitglied_name: 'Neu',
  }
  assert.deepEqual(changedAgainstPrefill(FORM, answers, CTX), [
    { path: 'mitglied_name', label: 'Ihr Nachname', known: 'Muster', now: 'Neu' },
    { path: 'angehoerige/k1/vorname', label: 'Vorname', known: 'Mia', now: 'Maja' },
  ])
})

test('the common last page asks for a proof of representation only sometimes', () => {
  const keys = (ausgefuellt_von: string) => asked({ ausgefuellt_von }, 'pruefen')
  assert.ok(!keys('selbst').includes('vertreter_name'))
  assert.ok(keys('betreuung').includes('vertreter_nachweis'))
  const step = findStep(view({ ausgefuellt_von: 'eltern' }), 'pruefen')
  const proof = fieldsIn(step?.blocks ?? []).find(({ field }) => field.key === 'vertreter_nachweis')
  assert.equal(proof?.required, false)
})
