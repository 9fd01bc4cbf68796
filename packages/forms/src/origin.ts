// Marks the parts of a source with the place they come from; the marks survive when parts are copied into the form.
import { escaped } from './json-source.ts'
import { isObject, type Json, type JsonObject } from './source.ts'

/** A symbol, so that no name of a form can be it and JSON never shows it. */
const ORIGIN = Symbol('origin')

interface Marked {
  readonly [ORIGIN]?: string
}

/** A copy in which every object knows its JSON pointer. */
export function withOrigins(value: Json, pointer = ''): Json {
  if (Array.isArray(value)) {
    return value.map((part: Json, at) => withOrigins(part, `${pointer}/${at}`))
  }
  if (!isObject(value)) return value
  const parts = Object.entries(value).map(
    ([key, part]) => [key, withOrigins(part ?? null, `${pointer}/${escaped(key)}`)] as const,
  )
  return Object.assign(Object.fromEntries(parts), { [ORIGIN]: pointer })
}

/** The mark of a part, to be put onto a copy that was not made by spreading. */
export function originMark(value: JsonObject): object {
  const { [ORIGIN]: origin } = value as Marked
  return origin === undefined ? {} : { [ORIGIN]: origin }
}

/** JSON pointer of a part of the form; undefined for what no author wrote, such as the last page. */
export const originOf = (part: object): string | undefined => (part as Marked)[ORIGIN]

/** JSON pointers of everything at and below `pointer` whose value is this text. */
export function pointersTo(root: Json, pointer: string, text: string): readonly string[] {
  const search = (value: Json | undefined, at: string): readonly string[] => {
    if (value === text) return [at]
    if (typeof value !== 'object' || value === null) return []
    return Object.entries(value).flatMap(([key, part]: [string, Json | undefined]) =>
      search(part, `${at}/${escaped(key)}`),
    )
  }
  return search(valueAt(root, pointer), pointer)
}

/** The origin of the innermost marked part on the way to `pointer`. */
export function originAbove(root: Json, pointer: string): string {
  const ends = [...`${pointer}/`.matchAll(/\//g)].map(({ index }) => index)
  const parts = ends.map((end) => valueAt(root, pointer.slice(0, end)))
  const origins = parts.map((part) =>
    typeof part === 'object' && part ? originOf(part) : undefined,
  )
  return origins.findLast((origin) => origin !== undefined) ?? ''
}

/** The value at a JSON pointer. */
export function valueAt(root: Json, pointer: string): Json | undefined {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  return steps.reduce<Json | undefined>((value, step) => {
    if (typeof value !== 'object' || value === null) return undefined
    return Object.hasOwn(value, step) ? (value as JsonObject)[step] : undefined
  }, root)
}
