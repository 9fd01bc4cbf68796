// Conditions that can never be true: a branch nobody takes, a check that never speaks, a note nobody sees.
import type { Cond, Operand } from '@einmal-pin/domain/form/condition'
import type { Block, FormDefinition } from '@einmal-pin/domain/form/definition'
import {
  comparisonOf,
  indexForm,
  operandConditions,
  type Placed,
  schemaPath,
} from '@einmal-pin/domain/form/form-index'
import { canHold } from '@einmal-pin/domain/form/reachable'
import { boundsLeaveNothing, isImpossible, type Surroundings } from './impossible.ts'

/** A condition with all that must hold before it is looked at. */
interface Site extends Placed {
  readonly outer: readonly Placed[]
  /** Whether checkForm already says that no answers lead here. */
  readonly shows: boolean
}

const placed = (cond: Cond | undefined, container: string): readonly Placed[] =>
  cond === undefined ? [] : [{ cond, container }]

function sitesOf(
  blocks: readonly Block[],
  container: string,
  outer: readonly Placed[],
): readonly Site[] {
  return blocks.flatMap((block): readonly Site[] => {
    if (block.kind === 'review') return []
    const shows = block.kind === 'field' || block.kind === 'repeat'
    const own = placed(block.when, container)
    const sites = own.map((one) => ({ ...one, outer, shows }))
    const inner = [...outer, ...own]
    if (block.kind === 'group') return [...sites, ...sitesOf(block.blocks, container, inner)]
    if (block.kind === 'repeat') {
      const inside = schemaPath(`./${block.key}`, container)
      return [...sites, ...sitesOf(block.blocks, inside, inner)]
    }
    if (block.kind !== 'field' || typeof block.required !== 'object') return sites
    return [...sites, { cond: block.required, container, outer: inner, shows: false }]
  })
}

/** The parts of a condition of which each has to be possible by itself: branches, and what is asked of items. */
function partsOf({ cond, container }: Placed): readonly Placed[] {
  const inside = (part: Cond, at = container): readonly Placed[] => [
    { cond: part, container: at },
    ...partsOf({ cond: part, container: at }),
  ]
  if ('all' in cond) return cond.all.flatMap((part) => inside(part))
  if ('any' in cond) return cond.any.flatMap((part) => inside(part))
  // What cannot hold is as it should be below a "not": only its parts' kinds matter, which "any" would find.
  if ('not' in cond) return []
  const pair = comparisonOf(cond)
  if (pair !== undefined) return pair.flatMap((operand) => partsOfOperand(operand, container))
  return 'some' in cond ? inside(cond.where, schemaPath(cond.some, container)) : []
}

/** What chooses the items of a sum. */
const partsOfOperand = (operand: Operand, container: string): readonly Placed[] =>
  operandConditions(operand, container).flatMap((part) => [part, ...partsOf(part)])

const isNever = ({ cond, container }: Placed, around: Surroundings): boolean =>
  isImpossible(cond, container, around) ||
  boundsLeaveNothing(cond, container, around) ||
  !canHold([{ cond, container }], around.index)

/** They say it best: what is around them fails because of them. */
const innermost = (parts: readonly Placed[]): readonly Placed[] =>
  parts.filter(
    (part) => !partsOf(part).some((inner) => parts.some(({ cond }) => cond === inner.cond)),
  )

function neverAt(site: Site, around: Surroundings): readonly object[] {
  if (!canHold(site.outer, around.index)) return []
  const parts = partsOf(site).filter((part) => isNever(part, around))
  if (parts.length > 0) return innermost(parts).map(({ cond }) => cond)
  const impossible =
    isImpossible(site.cond, site.container, around) ||
    boundsLeaveNothing(site.cond, site.container, around)
  const reachable = site.shows || canHold([...site.outer, site], around.index)
  return impossible || !reachable ? [site.cond] : []
}

/** The check of several groups is only useless where it speaks in none of them. */
function neverInChecks(def: FormDefinition, around: Surroundings): readonly object[] {
  return def.checks.flatMap((check) => {
    const found = (check.each ?? ['']).map((container) => {
      const outer = around.index.get(schemaPath(check.at, container))?.shownIf ?? []
      return neverAt({ cond: check.when, container, outer, shows: false }, around)
    })
    return (found[0] ?? []).filter((cond) => found.every((list) => list.includes(cond)))
  })
}

/** The conditions of a form without dangling references that no answers can make true. */
export function conditionsThatNeverHold(def: FormDefinition): readonly object[] {
  const index = new Map(indexForm(def).map((entry) => [entry.path, entry]))
  const around: Surroundings = { index, parameters: def.parameters }
  const sites = def.pages.flatMap((page) => [
    ...placed(page.when, '').map((one) => ({ ...one, outer: [], shows: true })),
    ...sitesOf(page.blocks, '', placed(page.when, '')),
  ])
  return [...sites.flatMap((site) => neverAt(site, around)), ...neverInChecks(def, around)]
}
