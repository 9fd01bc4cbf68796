// Two devices changed the same draft: three-way merge, field by field.
import type { Answers, AnswerValue, Item } from './answers.ts'
import { itemsOf } from './scope.ts'
import { sameValue } from './step-status.ts'

export interface Merged {
  readonly answers: Answers
  /** Paths where both changed the same field differently: mine won, and the person is told. */
  readonly overwritten: readonly string[]
}

type Value = AnswerValue | undefined
type MergedValue = { readonly value: Value; readonly overwritten: readonly string[] }

const kept = (value: Value): MergedValue => ({ value, overwritten: [] })

/** A list of objects with ids, or nothing beside such a list. */
function isItems(values: readonly Value[]): boolean {
  const lists = values.filter((value) => Array.isArray(value) && value.length > 0)
  return lists.length > 0 && lists.every((list) => itemsOf(list).length > 0)
}

/** A list of document ids: additions and removals of both sides count, so no document is lost. */
function isDocuments(values: readonly Value[]): boolean {
  const entries: readonly unknown[] = values.flatMap((value) => (Array.isArray(value) ? value : []))
  const isId = (entry: unknown) => typeof entry === 'string' && /^d[0-9a-z]{19}$/.test(entry)
  return entries.length > 0 && entries.every(isId)
}

function isProof(values: readonly Value[]): boolean {
  return values.every(
    (value) => value === undefined || (typeof value === 'object' && 'wie' in value),
  )
}

const strings = (value: Value): readonly string[] =>
  Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : []

function mergeDocuments(base: Value, mine: Value, theirs: Value): Value {
  const before = strings(base)
  const [ours, other] = [strings(mine), strings(theirs)]
  const stays = before.filter((id) => ours.includes(id) && other.includes(id))
  const added = [...new Set([...ours, ...other])].filter((id) => !before.includes(id)).sort()
  return stays.length + added.length > 0 ? [...stays, ...added] : undefined
}

/** One side removed an item: gone, unless the other side went on filling it in. */
function mergeItem(
  base: Item | undefined,
  mine: Item | undefined,
  theirs: Item | undefined,
  path: string,
) {
  if (mine && theirs) return mergeFields(base ?? { id: mine.id }, mine, theirs, `${path}/`)
  const left = mine ?? theirs
  const untouched = base !== undefined && sameValue([base], left && [left])
  return { answers: untouched ? undefined : left, overwritten: [] }
}

function mergeItems(base: Value, mine: Value, theirs: Value, path: string): MergedValue {
  const [before, ours, other] = [itemsOf(base), itemsOf(mine), itemsOf(theirs)]
  const find = (list: readonly Item[], id: string) => list.find((item) => item.id === id)
  const merged = orderOf(before, ours, other).map((id) =>
    mergeItem(find(before, id), find(ours, id), find(other, id), `${path}/${id}`),
  )
  const items = merged.flatMap(({ answers }) => (answers ? [answers as Item] : []))
  const overwritten = merged.flatMap((entry) => entry.overwritten)
  return { value: items.length > 0 ? items : undefined, overwritten }
}

/** Old items keep their order; new ones follow, sorted only if both sides added some. */
function orderOf(before: readonly Item[], ours: readonly Item[], other: readonly Item[]) {
  const old = before.map((item) => item.id)
  const fresh = (list: readonly Item[]) =>
    list.map((item) => item.id).filter((id) => !old.includes(id))
  const [mine, theirs] = [fresh(ours), fresh(other)]
  if (mine.length === 0 || theirs.length === 0) return [...old, ...mine, ...theirs]
  return [...old, ...[...new Set([...mine, ...theirs])].sort()]
}

function mergeValue(base: Value, mine: Value, theirs: Value, path: string): MergedValue {
  if (sameValue(mine, theirs) || sameValue(base, theirs)) return kept(mine)
  if (sameValue(base, mine)) return kept(theirs)
  const all = [base, mine, theirs]
  if (isItems(all)) return mergeItems(base, mine, theirs, path)
  if (isDocuments(all)) return kept(mergeDocuments(base, mine, theirs))
  if (mine !== undefined && theirs !== undefined && isProof(all)) {
    const proof = mergeFields(
      (base ?? {}) as Answers,
      mine as Answers,
      theirs as Answers,
      `${path}.`,
    )
    return { value: proof.answers as AnswerValue, overwritten: proof.overwritten }
  }
  return { value: mine, overwritten: [path] }
}

function mergeFields(base: Answers, mine: Answers, theirs: Answers, prefix: string): Merged {
  const keys = [...new Set([base, theirs, mine].flatMap((side) => Object.keys(side)))]
  const entries = keys.map(
    (key) => [key, mergeValue(base[key], mine[key], theirs[key], prefix + key)] as const,
  )
  return {
    answers: Object.fromEntries(
      entries
        .filter(([, { value }]) => value !== undefined)
        .map(([key, { value }]) => [key, value]),
    ),
    overwritten: entries.flatMap(([, { overwritten }]) => overwritten),
  }
}

/**
 * Merges my changes into theirs against the last common draft. Fields that only one side changed
 * take that change; where both did, the last writer (mine) wins and the path is returned. Items are
 * matched by id, documents are added up, an address is one field.
 */
export function mergeAnswers(base: Answers, mine: Answers, theirs: Answers): Merged {
  return mergeFields(base, mine, theirs, '')
}
