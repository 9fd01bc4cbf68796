// What an office could know beforehand about a case of any form: nothing, something, and each value that only it sets.
import type { Prefill } from '@einmal-pin/domain/form/answers'
import type { Field, FormDefinition, Repeat } from '@einmal-pin/domain/form/definition'
import { entriesOf } from '@einmal-pin/domain/form/prefill'

type Entry = Field | Repeat

const mayKnow = (entry: Entry): boolean =>
  entry.prefillable === true || (entry.kind === 'field' && entry.readonly === true)

const optionsOf = (entry: Entry): readonly string[] =>
  'options' in entry ? entry.options.map((option) => option.value) : []

function knownValue(field: Field, turn: number): unknown {
  switch (field.type) {
    case 'choice':
      return optionsOf(field)[turn % optionsOf(field).length]
    case 'yesno':
      return turn % 2 === 0 ? 'ja' : 'nein'
    case 'date':
      return field.key.endsWith('_bis') ? '2026-10-31' : '2025-11-01'
    case 'int':
      return Math.min(Math.max(2012, field.min ?? 0), field.max ?? 2012)
    case 'money':
      return 1234
    case 'checkbox':
      return true
    case 'multi':
      return optionsOf(field).slice(0, 1)
    default:
      return 'Muster'
  }
}

function known(entries: readonly Entry[], turn: number): Prefill {
  return Object.fromEntries(
    entries.filter(mayKnow).map((entry) => {
      if (entry.kind === 'field') return [entry.key, knownValue(entry, turn)]
      const items = [0, 1].map((at) => known(entriesOf(entry.blocks), turn + at))
      return [entry.key, items]
    }),
  )
}

/** An empty prefill, and as many full ones as the longest choice of the office has options. */
export function prefillsOf(def: FormDefinition): readonly Prefill[] {
  const entries = entriesOf(def.pages.flatMap((page) => page.blocks))
  const turns = Math.max(2, ...entries.filter(mayKnow).map((entry) => optionsOf(entry).length))
  return [{}, ...Array.from({ length: turns }, (_, turn) => known(entries, turn))]
}
