// Comparisons that cannot hold whatever is answered: kinds that never meet, and bounds that leave nothing between them.
import type { Comparison, Cond, Operand } from '@einmal-pin/domain/form/condition'
import type { Parameter } from '@einmal-pin/domain/form/definition'
import { comparisonOf, type Entry, schemaPath } from '@einmal-pin/domain/form/form-index'
import { isIsoDate } from '@einmal-pin/domain/form/typed-date'

export interface Surroundings {
  readonly index: ReadonlyMap<string, Entry>
  readonly parameters: readonly Parameter[]
}

type Kind = 'number' | 'date' | 'other'

const fieldAt = (path: string, container: string, { index }: Surroundings) => {
  const entry = index.get(schemaPath(path, container))?.entry
  return entry?.kind === 'field' ? entry : undefined
}

const kindOfValue = (value: unknown): Kind =>
  typeof value === 'number' ? 'number' : isIsoDate(value) ? 'date' : 'other'

/** Undefined where it cannot be told. */
function kindOf(operand: Operand, container: string, around: Surroundings): Kind | undefined {
  if (typeof operand === 'string') {
    if (operand === 'today') return 'date'
    const type = fieldAt(operand, container, around)?.type
    if (type === undefined) return undefined
    return type === 'int' || type === 'money' ? 'number' : type === 'date' ? 'date' : 'other'
  }
  if ('value' in operand) return kindOfValue(operand.value)
  if ('today' in operand || 'monthsFrom' in operand) return 'date'
  if ('if' in operand) return kindOf(operand.yes, container, around)
  if (!('parameter' in operand)) return 'number'
  const found = around.parameters.find(({ id }) => id === operand.parameter)
  return found === undefined ? undefined : kindOfValue(found.values[0]?.value)
}

/** Numbers and days compare with their like only; everything else never. */
function kindsNeverMeet(pair: Comparison, container: string, around: Surroundings): boolean {
  const [left, right] = pair.map((operand) => kindOf(operand, container, around))
  if (left === 'other' || right === 'other') return true
  return left !== undefined && right !== undefined && left !== right
}

const LISTS = ['multi', 'file', 'proof', 'address']

/** A value that this field can never hold; options are checked elsewhere. */
function neverHolds(path: string, wanted: unknown, container: string, around: Surroundings) {
  const type = fieldAt(path, container, around)?.type
  if (type === undefined) return false
  if (LISTS.includes(type)) return true
  if (type === 'int' || type === 'money') return typeof wanted !== 'number'
  if (type === 'checkbox') return wanted !== true
  return typeof wanted !== 'string' || (type === 'date' && !isIsoDate(wanted))
}

/** Is this single comparison false for every answer? */
export function isImpossible(cond: Cond, container: string, around: Surroundings): boolean {
  const pair = comparisonOf(cond)
  if (pair !== undefined) return kindsNeverMeet(pair, container, around)
  if ('eq' in cond) return neverHolds(cond.eq[0], cond.eq[1], container, around)
  if ('in' in cond) {
    const [path, values] = cond.in
    return values.every((value) => neverHolds(path, value, container, around))
  }
  if ('has' in cond) {
    const type = fieldAt(cond.has[0], container, around)?.type
    return type !== undefined && !LISTS.includes(type)
  }
  return false
}

/** From `low` to `high`, both counted in; an open end by the smallest step. */
interface Range {
  readonly low: number
  readonly high: number
}

interface Bound extends Range {
  /** What is bounded: a path, or an age at certain days. */
  readonly of: string
}

const ANY: Range = { low: -Infinity, high: Infinity }

function fieldRange(path: string, container: string, around: Surroundings): Range {
  const field = fieldAt(path, container, around)
  if (field?.type !== 'int' && field?.type !== 'money') return ANY
  return { low: field.min ?? 0, high: field.max ?? Infinity }
}

function boundOfPair(cond: Cond, container: string): Bound | undefined {
  const [left, right] = comparisonOf(cond) ?? []
  const turned = typeof right === 'string'
  const [path, limit] = turned ? [right, left] : [left, right]
  if (typeof path !== 'string' || typeof limit !== 'object' || !('value' in limit)) return undefined
  if (typeof limit.value !== 'number') return undefined
  const isUpper = 'lt' in cond || 'lte' in cond
  const step = 'gt' in cond || 'lt' in cond ? 1 : 0
  const of = schemaPath(path, container)
  return isUpper !== turned
    ? { ...ANY, of, high: limit.value - step }
    : { ...ANY, of, low: limit.value + step }
}

function boundOf(cond: Cond, container: string): Bound | undefined {
  if ('age' in cond) {
    const of = JSON.stringify([cond.age, cond.at, container])
    return { of, low: cond.gte ?? -Infinity, high: (cond.lt ?? Infinity) - 1 }
  }
  if ('eq' in cond && typeof cond.eq[1] === 'number') {
    return { of: schemaPath(cond.eq[0], container), low: cond.eq[1], high: cond.eq[1] }
  }
  return boundOfPair(cond, container)
}

const partsOf = (cond: Cond): readonly Cond[] =>
  'all' in cond ? cond.all.flatMap(partsOf) : [cond]

/** Do the bounds that must hold together leave no number, given the limits of the fields? All are whole numbers. */
export function boundsLeaveNothing(cond: Cond, container: string, around: Surroundings): boolean {
  const bounds = partsOf(cond).flatMap((part) => boundOf(part, container) ?? [])
  return bounds.some(({ of }) => {
    const same = bounds.filter((bound) => bound.of === of)
    const limits = [...same, fieldRange(of, '', around)]
    return Math.max(...limits.map(({ low }) => low)) > Math.min(...limits.map(({ high }) => high))
  })
}
