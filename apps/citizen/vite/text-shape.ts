// What a text file must look like: texts, lists and objects, checked with the place of each slip.

/** A non-empty text, a list of a shape, or an object; a key that ends in `?` may be absent. */
export type Shape = 'text' | readonly [Shape] | { readonly [key: string]: Shape }

/** One sentence for each slip; empty when the value has the shape. */
export function shapeProblems(value: unknown, shape: Shape, place: string): readonly string[] {
  const where = place === '' ? 'the file' : place
  if (shape === 'text') {
    return typeof value === 'string' && value.trim() !== '' ? [] : [`${where} must be a text`]
  }
  if (isList(shape)) {
    if (!Array.isArray(value)) return [`${where} must be a list`]
    return value.flatMap((entry, index) => shapeProblems(entry, shape[0], `${place}[${index}]`))
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [`${where} must be an object`]
  }
  return objectProblems(value, shape, place)
}

const isList = (shape: Exclude<Shape, 'text'>): shape is readonly [Shape] => Array.isArray(shape)

function objectProblems(
  value: object,
  shape: { readonly [key: string]: Shape },
  place: string,
): readonly string[] {
  const entries = new Map<string, unknown>(Object.entries(value))
  const problems = Object.entries(shape).flatMap(([name, inner]) => {
    const key = name.replace(/\?$/, '')
    const at = place === '' ? key : `${place}.${key}`
    if (!entries.has(key)) return name.endsWith('?') ? [] : [`${at} is missing`]
    return shapeProblems(entries.get(key), inner, at)
  })
  const unknown = [...entries.keys()].filter((key) => !(key in shape) && !(`${key}?` in shape))
  return [...problems, ...unknown.map((key) => `${place} has an unknown key "${key}"`.trim())]
}
