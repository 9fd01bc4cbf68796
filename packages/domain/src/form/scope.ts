// The place from which a condition is looked at: the form's answers, the items around it, the day.
import type { Answers, AnswerValue, Item } from './answers.ts'
import type { Path } from './condition.ts'
import type { FormDefinition, Parameter } from './definition.ts'
import type { FormContext } from './view.ts'

/** Answers while they are being gathered. */
export type Bag = Record<string, AnswerValue | undefined>

/** One repeat item on the way down to the condition. */
export interface Frame {
  readonly values: Answers
  readonly known: boolean
}

export interface Scope {
  readonly root: Answers
  /** Outermost first. */
  readonly frames: readonly Frame[]
  readonly today: string
  readonly parameters: readonly Parameter[]
}

export function openScope(def: FormDefinition, root: Answers, ctx: FormContext): Scope {
  return { root, frames: [], today: ctx.today, parameters: ctx.parameters ?? def.parameters }
}

export function enterItem(scope: Scope, values: Answers, known: boolean): Scope {
  return { ...scope, frames: [...scope.frames, { values, known }] }
}

/** The value at a path, seen from the scope; undefined where nothing stands. */
export function look(path: Path, scope: Scope): AnswerValue | undefined {
  if (path.startsWith('./')) return scope.frames.at(-1)?.values[path.slice(2)]
  if (path.startsWith('../')) return scope.frames.at(-2)?.values[path.slice(3)]
  return scope.root[path]
}

/** The items of a repeat group at a path; empty where there is none. */
export function itemsAt(path: Path, scope: Scope): readonly Item[] {
  return itemsOf(look(path, scope))
}

/** Anything but a list of objects with an id counts as no items. */
export function itemsOf(value: unknown): readonly Item[] {
  if (!Array.isArray(value)) return []
  return value.filter(
    (item): item is Item => typeof item === 'object' && item !== null && isItemId(item.id),
  )
}

/** Ids stand in paths and slots, so no slash, dot or blank. */
export function isItemId(id: unknown): id is string {
  return typeof id === 'string' && /^[A-Za-z0-9_-]{1,40}$/.test(id)
}
