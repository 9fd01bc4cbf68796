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
  const group = 'sumOf' in operand ? refersTo([operand.sumOf], container, false) : []
  const { conditions, operands } = partsOf(operand, container)
  return [
    ...group,
    ...conditions.flatMap((part) => references(part.cond, part.container)),
    ...operands.flatMap((part) => operandReferences(part.operand, part.container)),
  ]
}

/** The conditions inside an operand: those that choose the items of a sum, or one of two values. */
export function operandConditions(operand: Operand, container: string): readonly Placed[] {
  const { conditions, operands } = partsOf(operand, container)
  return [
    ...conditions,
    ...operands.flatMap((part) => operandConditions(part.operand, part.container)),
  ]
}

interface Parts {
  readonly conditions: readonly Placed[]
  readonly operands: readonly { readonly operand: Operand; readonly container: string }[]
}

/** What an operand is made of, seen from where each part is worked out. */
function partsOf(operand: Operand, container: string): Parts {
  const here = (...operands: readonly Operand[]): Parts => ({
    conditions: [],
    operands: operands.map((part) => ({ operand: part, container })),
  })
  if (typeof operand === 'string') return here()
  if ('sumOf' in operand) {
    const items = schemaPath(operand.sumOf, container)
    const operands = [{ operand: operand.each, container: items }]
    return { conditions: placed(operand.where, items), operands }
  }
  if ('if' in operand) {
    return { ...here(operand.yes, operand.no), conditions: placed(operand.if, container) }
  }
  if ('sum' in operand) return here(...operand.sum)
  if ('minus' in operand) return here(...operand.minus)
  if ('product' in operand) return here(...operand.product)
  if ('divide' in operand) return here(operand.divide)
  if ('smallest' in operand) return here(...operand.smallest)
  return 'largest' in operand ? here(...operand.largest) : here()
}

/** The two sides of a comparison; undefined for other conditions. */
export function comparisonOf(cond: Cond): Comparison | undefined {
  if ('age' in cond) return undefined
  if ('gt' in cond) return cond.gt
  if ('gte' in cond) return cond.gte
  if ('lt' in cond) return cond.lt
  return 'lte' in cond ? cond.lte : undefined
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
