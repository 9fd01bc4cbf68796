// What the office knew beforehand: starting answers, and what the person changed of them.
import type { Answers, Item, Prefill } from './answers.ts'
import type { Block, Field, FormDefinition, Repeat } from './definition.ts'
import { type Bag, itemsOf } from './scope.ts'
import { shaped } from './shape.ts'

/** Fields and repeat groups of some blocks, with groups opened, in form order. */
export function entriesOf(blocks: readonly Block[]): readonly (Field | Repeat)[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'group') return entriesOf(block.blocks)
    return block.kind === 'field' || block.kind === 'repeat' ? [block] : []
  })
}

export function isPrefillable(entry: Field | Repeat): boolean {
  return entry.prefillable === true || (entry.kind === 'field' && entry.readonly === true)
}

/** Known items carry the ids k1, k2 ... in the order given, the same in browser and office. */
function knownItems(repeat: Repeat, value: unknown): readonly Item[] {
  const given: readonly unknown[] = Array.isArray(value) ? value : []
  const list = given.length > 0 ? given : (repeat.fallback ?? [])
  return list.map((item, index) => ({
    ...known(repeat.blocks, typeof item === 'object' && item !== null ? { ...item } : {}),
    id: `k${index + 1}`,
  }))
}

function known(blocks: readonly Block[], prefill: Prefill): Bag {
  const bag: Bag = {}
  for (const entry of entriesOf(blocks)) {
    if (!isPrefillable(entry)) continue
    const given = prefill[entry.key]
    const value = entry.kind === 'field' ? shaped(entry, given) : knownItems(entry, given)
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) bag[entry.key] = value
  }
  return bag
}

/**
 * The answers a form starts with: the known values, known items with their ids, and the fallback
 * items of groups that the prefill does not name. Keys that may not be prefilled are ignored here;
 * validatePrefill refuses them at import.
 */
export function applyPrefill(def: FormDefinition, prefill: Prefill): Answers {
  return known(
    def.pages.flatMap((page) => page.blocks),
    prefill,
  )
}

/** The items shown: known ones first and never lost, then the person's own unless the group is fixed. */
export function currentItems(
  repeat: Repeat,
  given: readonly Item[],
  knownOnes: readonly Item[],
): readonly Item[] {
  const byId = new Map([...given].reverse().map((item) => [item.id, item]))
  const first = knownOnes.map((item) => byId.get(item.id) ?? item)
  if (repeat.fixed && knownOnes.length > 0) return first
  const ids = new Set(knownOnes.map((item) => item.id))
  return [...first, ...[...byId.values()].reverse().filter((item) => !ids.has(item.id))]
}

/** The known counterpart of an item, or nothing. */
export function knownItem(items: unknown, id: string): Item | undefined {
  return itemsOf(items).find((item) => item.id === id)
}
