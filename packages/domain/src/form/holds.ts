// Does a condition hold? Total: missing or odd values make a comparison false, nothing throws.
import type { AnswerValue, Scalar } from './answers.ts'
import type { Comparison, Cond, Day, Operand } from './condition.ts'
import { enterItem, itemsAt, look, type Scope } from './scope.ts'
import { isIsoDate, monthsLater } from './typed-date.ts'

function asScalar(value: AnswerValue | undefined): Scalar | undefined {
  return typeof value === 'object' ? undefined : value
}

function asNumber(value: Scalar | undefined): number {
  return typeof value === 'number' ? value : 0
}

/** A year stands for its first day. */
function asDay(value: AnswerValue | undefined): AnswerValue | undefined {
  const isYear = typeof value === 'number' && value >= 1000 && value <= 9999
  return isYear ? `${value}-01-01` : value
}

/** The first of the days that is filled with a real date or a year. */
export function firstDay(days: readonly Day[], scope: Scope): string | undefined {
  return days
    .map((day) => (day === 'today' ? scope.today : asDay(look(day, scope))))
    .find((value): value is string => isIsoDate(value))
}

function parameterAt(id: string, day: string, scope: Scope): Scalar | undefined {
  const values = scope.parameters.find((parameter) => parameter.id === id)?.values ?? []
  return values.filter(({ from }) => from <= day).at(-1)?.value
}

type SumOf = Extract<Operand, { sumOf: string }>

function sumOf({ sumOf: path, each, where }: SumOf, scope: Scope): number {
  return itemsAt(path, scope)
    .map((item) => enterItem(scope, item, false))
    .filter((inside) => where === undefined || holds(where, inside))
    .reduce((sum, inside) => sum + asNumber(resolve(each, inside)), 0)
}

type Arithmetic = Exclude<
  Operand,
  | string
  | { value: Scalar }
  | { today: true }
  | { year: Day }
  | { monthsFrom: Day }
  | { parameter: string }
  | { if: Cond }
>

function calculate(operand: Arithmetic, scope: Scope): number {
  const number = (part: Operand): number => asNumber(resolve(part, scope))
  if ('sumOf' in operand) return sumOf(operand, scope)
  if ('sum' in operand) return operand.sum.reduce<number>((sum, part) => sum + number(part), 0)
  if ('minus' in operand) return number(operand.minus[0]) - number(operand.minus[1])
  if ('product' in operand)
    return operand.product.reduce<number>((all, part) => all * number(part), 1)
  if ('divide' in operand) return Math.round(number(operand.divide) / operand.by)
  if ('smallest' in operand) return Math.min(...operand.smallest.map(number))
  return Math.max(...operand.largest.map(number))
}

/** The value of an operand, seen from the scope. */
export function resolve(operand: Operand, scope: Scope): Scalar | undefined {
  if (typeof operand === 'string') return asScalar(look(operand, scope))
  if ('value' in operand) return operand.value
  if ('today' in operand) return scope.today
  if ('year' in operand) {
    const day = firstDay([operand.year], scope)
    return day === undefined ? undefined : Number(day.slice(0, 4))
  }
  if ('monthsFrom' in operand) {
    const day = firstDay([operand.monthsFrom], scope)
    return day === undefined ? undefined : monthsLater(day, operand.by)
  }
  if ('parameter' in operand) {
    return parameterAt(operand.parameter, firstDay(operand.at, scope) ?? scope.today, scope)
  }
  if ('if' in operand) return resolve(holds(operand.if, scope) ? operand.yes : operand.no, scope)
  return calculate(operand, scope)
}

/** -1, 0, 1, or NaN if the two cannot be compared. ISO dates compare as text. */
function compare([a, b]: Comparison, scope: Scope): number {
  const [left, right] = [resolve(a, scope), resolve(b, scope)]
  if (left === undefined || typeof left !== typeof right) return Number.NaN
  if (typeof left === 'string' && !(isIsoDate(left) && isIsoDate(right))) return Number.NaN
  return left === right ? 0 : left < (right ?? left) ? -1 : 1
}

/** Whole years between two ISO days; who is born on 29 February turns on 1 March. */
export function wholeYears(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4))
  return to.slice(5) < from.slice(5) ? years - 1 : years
}

function ageHolds(cond: Extract<Cond, { age: string }>, scope: Scope): boolean {
  const [from, to] = [look(cond.age, scope), firstDay(cond.at, scope)]
  if (!isIsoDate(from) || to === undefined) return false
  const age = wholeYears(from, to)
  return age >= (cond.gte ?? -Infinity) && age < (cond.lt ?? Infinity)
}

export function isFilled(value: AnswerValue | undefined): boolean {
  if (Array.isArray(value)) return value.length > 0
  return value !== undefined && value !== '' && value !== false
}

const plain = (value: AnswerValue | undefined): string =>
  typeof value === 'string' ? value.trim().toLowerCase() : String(asScalar(value) ?? '')

function twiceHolds(cond: Extract<Cond, { by: readonly string[] }>, scope: Scope): boolean {
  const self = scope.frames.at(-1)?.values
  if (self === undefined || !cond.by.every((key) => isFilled(self[key]))) return false
  return cond.twice
    .flatMap((path) => itemsAt(path, scope))
    .some(
      (item) =>
        item.id !== self['id'] && cond.by.every((key) => plain(item[key]) === plain(self[key])),
    )
}

function memberOf(value: AnswerValue | undefined, wanted: readonly Scalar[]): boolean {
  const scalar = asScalar(value)
  return scalar !== undefined && wanted.includes(scalar)
}

function itemSome(path: string, where: Cond, scope: Scope): boolean {
  return itemsAt(path, scope).some((item) => holds(where, enterItem(scope, item, false)))
}

/** Evaluates a condition from the place of `scope`. */
export function holds(cond: Cond, scope: Scope): boolean {
  if ('all' in cond) return cond.all.every((part) => holds(part, scope))
  if ('any' in cond) return cond.any.some((part) => holds(part, scope))
  if ('not' in cond) return !holds(cond.not, scope)
  if ('eq' in cond) return look(cond.eq[0], scope) === cond.eq[1]
  if ('in' in cond) return memberOf(look(cond.in[0], scope), cond.in[1])
  if ('has' in cond) {
    const value: unknown = look(cond.has[0], scope)
    return Array.isArray(value) && value.includes(cond.has[1])
  }
  if ('filled' in cond) return isFilled(look(cond.filled, scope))
  // Before gte and lt: an age has bounds of those names.
  if ('age' in cond) return ageHolds(cond, scope)
  if ('gt' in cond) return compare(cond.gt, scope) > 0
  if ('gte' in cond) return compare(cond.gte, scope) >= 0
  if ('lt' in cond) return compare(cond.lt, scope) < 0
  if ('lte' in cond) return compare(cond.lte, scope) <= 0
  if ('same' in cond) {
    const [a, b] = [plain(look(cond.same[0], scope)), plain(look(cond.same[1], scope))]
    return a !== '' && a === b
  }
  if ('some' in cond) return itemSome(cond.some, cond.where, scope)
  if ('twice' in cond) return twiceHolds(cond, scope)
  return (scope.frames.at(-1)?.known ?? false) === cond.known
}
