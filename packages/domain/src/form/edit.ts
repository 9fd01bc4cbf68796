// Changing one answer by its path, without touching the others. What the screens use.
import type { Answers, AnswerValue, Item } from './answers.ts'
import { isItemId, itemsOf } from './scope.ts'

/** The answer at a full path (`vorname`, `angehoerige/k1/vorname`, `anschrift.plz`). */
export function answerAt(answers: Answers, path: string): AnswerValue | undefined {
  const [key = '', id, ...rest] = path.split('/')
  if (id !== undefined) {
    const item = itemsOf(answers[key]).find((entry) => entry.id === id)
    return item && (rest.length > 0 ? answerAt(item, rest.join('/')) : [item])
  }
  const [name = '', part] = key.split('.')
  const value = answers[name]
  return part === undefined ? value : partsOf(value)[part]
}

function partsOf(value: AnswerValue | undefined): Record<string, AnswerValue | undefined> {
  if (typeof value !== 'object' || Array.isArray(value)) return {}
  return Object.fromEntries(Object.entries(value))
}

function put<T extends Answers>(answers: T, key: string, value: AnswerValue | undefined): T {
  const { [key]: _gone, ...others } = answers
  return (value === undefined ? others : { ...answers, [key]: value }) as T
}

function editItem(items: readonly Item[], id: string, edit: (item: Item) => Item): readonly Item[] {
  if (!items.some((item) => item.id === id)) return [...items, edit({ id })]
  return items.map((item) => (item.id === id ? edit(item) : item))
}

/** The answers with another value at a path; undefined removes it. Items on the way are made if need be. */
export function withAnswer<T extends Answers>(
  answers: T,
  path: string,
  value: AnswerValue | undefined,
): T {
  const [key = '', id, ...rest] = path.split('/')
  if (id !== undefined) {
    const edit = (item: Item) => withAnswer(item, rest.join('/'), value)
    return put(answers, key, editItem(itemsOf(answers[key]), id, edit))
  }
  const [name = '', part] = key.split('.')
  if (part === undefined) return put(answers, name, value)
  const { [part]: _old, ...others } = partsOf(answers[name])
  const parts = value === undefined ? others : { ...others, [part]: value }
  return put(answers, name, Object.keys(parts).length > 0 ? (parts as AnswerValue) : undefined)
}

/**
 * The answers with an empty item added to the repeat group at `path`.
 * @param id random and unique, letters and digits only; it comes from the caller because chance is an argument
 */
export function withItem<T extends Answers>(answers: T, path: string, id: string): T {
  if (!isItemId(id)) throw new RangeError('an item id has letters, digits, - and _ only')
  const value = answerAt(answers, path)
  return withAnswer(answers, path, [...itemsOf(value), { id }])
}

/** The answers with an item added that takes over the answers under `keys` from the last one; `id` as for withItem. */
export function withCopy<T extends Answers>(
  answers: T,
  path: string,
  keys: readonly string[],
  id: string,
): T {
  const last = itemsOf(answerAt(answers, path)).at(-1)
  return keys.reduce(
    (copied, key) => withAnswer(copied, `${path}/${id}/${key}`, last?.[key]),
    withItem(answers, path, id),
  )
}

/** The answers without the item at `path` (`angehoerige/x7`). Known items come back at once. */
export function withoutItem<T extends Answers>(answers: T, path: string): T {
  const cut = path.lastIndexOf('/')
  const repeat = path.slice(0, cut)
  const items = itemsOf(answerAt(answers, repeat))
  return withAnswer(
    answers,
    repeat,
    items.filter((item) => item.id !== path.slice(cut + 1)),
  )
}
