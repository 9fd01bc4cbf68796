// Can a condition ever hold? Tries all answers of the choices involved; everything else counts as free.
import type { Cond } from './condition.ts'
import { type Entry, type Placed, references, schemaPath } from './form-index.ts'

/** Above this many combinations a page counts as reachable; the property tests look at real answers. */
const MAX_COMBINATIONS = 20_000

type Assignment = ReadonlyMap<string, unknown>

function valuesOf(entry: Entry | undefined): readonly unknown[] | undefined {
  const field = entry?.entry
  if (field?.kind !== 'field') return undefined
  if (field.type === 'yesno') return [undefined, 'ja', 'nein']
  if (field.type !== 'choice') return undefined
  const offered = field.options.filter((option) => option.offered !== false || field.prefillable)
  return [undefined, ...offered.map((option) => option.value)]
}

/** Seen from outside, what is inside `some` belongs to items of its own: a free atom. */
function atomsOf(cond: Cond, container: string): readonly string[] {
  if ('all' in cond) return cond.all.flatMap((part) => atomsOf(part, container))
  if ('any' in cond) return cond.any.flatMap((part) => atomsOf(part, container))
  if ('not' in cond) return atomsOf(cond.not, container)
  return [atomOf(cond, container)]
}

function atomOf(cond: Cond, container: string): string {
  if ('eq' in cond) return `=${schemaPath(cond.eq[0], container)}`
  if ('in' in cond) return `=${schemaPath(cond.in[0], container)}`
  if ('filled' in cond) return `=${schemaPath(cond.filled, container)}`
  return `?${container}${JSON.stringify(cond)}`
}

function truth(cond: Cond, container: string, given: Assignment): boolean {
  if ('all' in cond) return cond.all.every((part) => truth(part, container, given))
  if ('any' in cond) return cond.any.some((part) => truth(part, container, given))
  if ('not' in cond) return !truth(cond.not, container, given)
  const value = given.get(atomOf(cond, container))
  if (value === FITTING) return true
  if ('eq' in cond) return value === cond.eq[1]
  if ('in' in cond) return cond.in[1].some((wanted) => wanted === value)
  return 'filled' in cond ? value !== undefined : value === true
}

/** Values of a field whose answers are not a short list: the one asked for, and some other one. */
const FITTING = Symbol('fitting')
const OTHER = Symbol('other')

function domainOf(atom: string, index: ReadonlyMap<string, Entry>): readonly unknown[] {
  if (atom.startsWith('?')) return [true, false]
  return valuesOf(index.get(atom.slice(1))) ?? [FITTING, OTHER, undefined]
}

function closure(start: readonly Placed[], index: ReadonlyMap<string, Entry>): readonly Entry[] {
  const seen = new Map<string, Entry>()
  const visit = (conditions: readonly Placed[]): void => {
    for (const { cond, container } of conditions) {
      for (const { path } of references(cond, container)) {
        const entry = index.get(path)
        if (entry === undefined || seen.has(path)) continue
        seen.set(path, entry)
        visit(entry.shownIf)
      }
    }
  }
  visit(start)
  return [...seen.values()]
}

function* assignments(
  atoms: readonly string[],
  index: ReadonlyMap<string, Entry>,
  given: Map<string, unknown> = new Map(),
): Generator<Assignment> {
  const [atom, ...rest] = atoms
  if (atom === undefined) {
    yield given
    return
  }
  for (const value of domainOf(atom, index)) {
    yield* assignments(rest, index, new Map(given).set(atom, value))
  }
}

/** Can all these conditions hold at once, counting that a hidden field has no answer? */
export function canHold(conditions: readonly Placed[], index: ReadonlyMap<string, Entry>): boolean {
  const involved = closure(conditions, index)
  const all = [...conditions, ...involved.flatMap((entry) => entry.shownIf)]
  const atoms = [...new Set(all.flatMap(({ cond, container }) => atomsOf(cond, container)))]
  const size = atoms.reduce((product, atom) => product * domainOf(atom, index).length, 1)
  if (size > MAX_COMBINATIONS) return true
  const every = (placed: readonly Placed[], given: Assignment) =>
    placed.every(({ cond, container }) => truth(cond, container, given))
  for (const given of assignments(atoms, index)) {
    const answered = involved.filter((entry) => given.get(`=${entry.path}`) !== undefined)
    const honest = answered.every((entry) => every(entry.shownIf, given))
    if (honest && every(conditions, given)) return true
  }
  return false
}
