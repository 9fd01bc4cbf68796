// A flat list of all fields and repeat groups of a form with everything that decides their visibility.
import type { Comparison, Cond, Operand, Path } from './condition.ts'
import type { Block, Field, FormDefinition, Page, Repeat } from './definition.ts'

export interface Entry {
  /** Schema path without item ids: `angehoerige/beschaeftigungen/ag`. */
  readonly path: string
  /** Path of the repeat group around it; empty at the top. */
  readonly container: string
  readonly entry: Field | Repeat
  readonly page: Page
  /** All conditions that must hold, with the container they are seen from. */
  readonly shownIf: readonly Placed[]
}

export interface Placed {
  readonly cond: Cond
  readonly container: string
}

export interface Reference {
  readonly path: string
  /** The same as the form's author wrote it. */
  readonly written: Path
  /** One of several days of which the first filled counts: it may be missing. */
  readonly optional: boolean
}

const join = (container: string, key: string): string => (container ? `${container}/${key}` : key)

/** Schema path of a path seen from a container. */
export function schemaPath(path: Path, container: string): string {
  if (path.startsWith('./')) return join(container, path.slice(2))
  if (!path.startsWith('../')) return path
  const outer = container.includes('/') ? container.slice(0, container.lastIndexOf('/')) : ''
  return join(outer, path.slice(3))
}

function placed(cond: Cond | undefined, container: string): readonly Placed[] {
  return cond === undefined ? [] : [{ cond, container }]
}

function indexBlocks(
  blocks: readonly Block[],
  page: Page,
  container: string,
  outer: readonly Placed[],
): readonly Entry[] {
  return blocks.flatMap((block): readonly Entry[] => {
    if (block.kind === 'info' || block.kind === 'review') return []
    const shownIf = [...outer, ...placed(block.when, container)]
    if (block.kind === 'group') return indexBlocks(block.blocks, page, container, shownIf)
    const path = join(container, block.key)
    const self: Entry = { path, container, entry: block, page, shownIf }
    if (block.kind === 'field') return [self]
    return [self, ...indexBlocks(block.blocks, page, path, shownIf)]
  })
}

/** All fields and repeat groups in form order. */
export function indexForm(def: FormDefinition): readonly Entry[] {
  return def.pages.flatMap((page) => indexBlocks(page.blocks, page, '', placed(page.when, '')))
}

function refersTo(
  paths: readonly Path[],
  container: string,
  optional: boolean,
): readonly Reference[] {
  return paths
    .filter((path) => path !== 'today')
    .map((path) => ({ path: schemaPath(path, container), written: path, optional }))
}

/** What an operand refers to. */
export function operandReferences(operand: Operand, container: string): readonly Reference[] {
  if (typeof operand === 'string') return refersTo([operand], container, false)
  if ('year' in operand) return refersTo([operand.year], container, false)
  if ('monthsFrom' in operand) return refersTo([operand.monthsFrom], container, false)
  if ('parameter' in operand) return refersTo(operand.at, container, true)
  if ('value' in operand || 'today' in operand) return []
  if (!('sumOf' in operand)) {
    return operandParts(operand).flatMap((part) => operandReferences(part, container))
  }
  const items = schemaPath(operand.sumOf, container)
  return [
    ...refersTo([operand.sumOf], container, false),
    ...(operand.where === undefined ? [] : references(operand.where, items)),
    ...operandReferences(operand.each, items),
  ]
}

/** The conditions inside an operand: those that choose the items of a sum. */
export function operandConditions(operand: Operand, container: string): readonly Placed[] {
  if (typeof operand === 'string') return []
  if ('value' in operand || 'today' in operand || 'parameter' in operand) return []
  if ('year' in operand || 'monthsFrom' in operand) return []
  if (!('sumOf' in operand)) {
    return operandParts(operand).flatMap((part) => operandConditions(part, container))
  }
  const items = schemaPath(operand.sumOf, container)
  return [...placed(operand.where, items), ...operandConditions(operand.each, items)]
}

/** The two sides of a comparison; undefined for other conditions. */
export function comparisonOf(cond: Cond): Comparison | undefined {
  if ('age' in cond) return undefined
  if ('gt' in cond) return cond.gt
  if ('gte' in cond) return cond.gte
  if ('lt' in cond) return cond.lt
  return 'lte' in cond ? cond.lte : undefined
}

type Combined = Extract<
  Operand,
  | { sum: unknown }
  | { minus: unknown }
  | { product: unknown }
  | { divide: unknown }
  | { smallest: unknown }
  | { largest: unknown }
>

function operandParts(operand: Combined): readonly Operand[] {
  if ('sum' in operand) return operand.sum
  if ('minus' in operand) return operand.minus
  if ('product' in operand) return operand.product
  if ('divide' in operand) return [operand.divide]
  return 'smallest' in operand ? operand.smallest : operand.largest
}

/** What a condition refers to, with items of `some` seen from inside. */
export function references(cond: Cond, container: string): readonly Reference[] {
  const one = (path: Path) => refersTo([path], container, false)
  if ('all' in cond) return cond.all.flatMap((part) => references(part, container))
  if ('any' in cond) return cond.any.flatMap((part) => references(part, container))
  if ('not' in cond) return references(cond.not, container)
  if ('eq' in cond) return one(cond.eq[0])
  if ('in' in cond) return one(cond.in[0])
  if ('has' in cond) return one(cond.has[0])
  if ('filled' in cond) return one(cond.filled)
  if ('age' in cond) return [...one(cond.age), ...refersTo(cond.at, container, true)]
  if ('same' in cond) return cond.same.flatMap(one)
  if ('some' in cond) {
    const items = schemaPath(cond.some, container)
    return [...one(cond.some), ...references(cond.where, items)]
  }
  if ('twice' in cond) return cond.twice.flatMap(one)
  return (comparisonOf(cond) ?? []).flatMap((operand) => operandReferences(operand, container))
}
