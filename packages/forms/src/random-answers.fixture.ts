// Random answers for any form: right ones, wrong ones, missing ones; for property tests.
import type { Answers, AnswerValue } from '@einmal-pin/domain/form/answers'
import type { Field, FormDefinition, NumberField, Repeat } from '@einmal-pin/domain/form/definition'
import { entriesOf } from '@einmal-pin/domain/form/prefill'
import fc from 'fast-check'

type Any = fc.Arbitrary<AnswerValue | undefined>

const text = fc.constantFrom(
  ...['Mia', 'Muster', 'Bäckerei Nord', 'Ich bin auf der Treppe gestürzt.'],
  ...[' x ', 'a\u0007b', 'x'.repeat(201)],
)
const date = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1995, max: 2027 }).map((year) => `${year}-06-15`) },
  { weight: 2, arbitrary: fc.constantFrom('2026-11-01', '2026-11-24', '2026-12-31') },
  { weight: 1, arbitrary: fc.constantFrom('bald', '2026-02-30', '1950-01-01') },
)
const documents = fc.uniqueArray(fc.constantFrom('d1', 'd2', 'd3'), { maxLength: 2 })
const odd = fc.constantFrom<unknown>('?', 7, true, [], {}, [1], null, { wie: 'x' }) as Any

const proof = fc.record(
  {
    wie: fc.constantFrom('jetzt', 'spaeter', 'nicht_moeglich'),
    dateien: documents,
    bis: date,
    grund: text,
  },
  { requiredKeys: [], noNullPrototype: true },
)

const address = fc.record(
  {
    strasse: text,
    plz: fc.constantFrom('01067', '123'),
    ort: text,
    land: fc.constantFrom('Deutschland', 'Polen'),
  },
  { requiredKeys: [], noNullPrototype: true },
)

/** Between its limits, beside them, and not a number at all. */
function numberOf({ min = 0, max = 100_000 }: NumberField): Any {
  return fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min, max }) },
    { weight: 1, arbitrary: fc.constantFrom<AnswerValue>('viel', min - 10, max + 1) },
  )
}

function rightish(field: Field): Any {
  switch (field.type) {
    case 'choice':
      return fc.constantFrom(...field.options.map((option) => option.value))
    case 'multi':
      return fc.uniqueArray(fc.constantFrom(...field.options.map((option) => option.value)), {
        maxLength: 3,
      })
    case 'yesno':
      return fc.constantFrom('ja', 'nein')
    case 'checkbox':
      return fc.boolean()
    case 'money':
    case 'int':
      return numberOf(field)
    case 'date':
      return date
    case 'month':
      return fc.constantFrom('2026-06', '2025-12', 'Mai')
    case 'time':
      return fc.constantFrom('14:30', '00:00', 'abends')
    case 'iban':
      return fc.constantFrom('DE02120300000000202051', 'DE00')
    case 'steuer_id':
      return fc.constantFrom('86095742719', '1')
    case 'phone':
      return fc.constantFrom('0201 12345', '-')
    case 'email':
      return fc.constantFrom('mia@example.de', 'mia')
    case 'proof':
      return proof as Any
    case 'file':
      return documents
    case 'address':
      return address
    default:
      return text
  }
}

function entryArbitrary(entry: Field | Repeat): Any {
  if (entry.kind === 'repeat') return itemsArbitrary(entry)
  return fc.oneof(
    { weight: 12, arbitrary: rightish(entry) },
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: odd },
  )
}

function recordOf(entries: readonly (Field | Repeat)[]): fc.Arbitrary<Answers> {
  const model = Object.fromEntries(entries.map((entry) => [entry.key, entryArbitrary(entry)]))
  return fc.record(model, { noNullPrototype: true })
}

function itemsArbitrary(repeat: Repeat): Any {
  const item = fc
    .tuple(fc.constantFrom('k1', 'k2', 'x1', 'x2', 'a/b'), recordOf(entriesOf(repeat.blocks)))
    .map(([id, rest]) => ({ ...rest, id }))
  return fc.array(item, { maxLength: 3 }) as Any
}

/** Answers of every shape a draft could have, hostile ones included. */
export function randomAnswers(def: FormDefinition): fc.Arbitrary<Answers> {
  const entries = entriesOf(def.pages.flatMap((page) => page.blocks))
  const stranger = fc.constantFrom({}, { fremd: 'x' })
  return fc.tuple(recordOf(entries), stranger).map(([answers, more]) => ({ ...answers, ...more }))
}
