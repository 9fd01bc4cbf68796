// What a text file must look like: texts, lists and objects, checked with the place of each slip.

/** Texts that must look a certain way: a link leads to a page of this site or to an https address. */
const KINDS = {
  text: { pattern: /\S/, name: 'a text' },
  date: {
    pattern: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
    name: 'a date such as 2026-11-24',
  },
  link: {
    pattern: /^(\/[a-z0-9/-]*|https:\/\/\S+|\{otherMattersUrl\}\S*)$/,
    name: 'a path such as /leichte-sprache, or an https address',
  },
} as const

type Kind = keyof typeof KINDS

/** One kind of text, a list of a shape, or an object; a key that ends in `?` may be absent. */
export type Shape = Kind | readonly [Shape] | { readonly [key: string]: Shape }

/** One sentence for each slip; empty when the value has the shape. */
export function shapeProblems(value: unknown, shape: Shape, place: string): readonly string[] {
  const where = place === '' ? 'the file' : place
  if (typeof shape === 'string') {
    const { pattern, name } = KINDS[shape]
    return typeof value === 'string' && pattern.test(value) ? [] : [`${where} must be ${name}`]
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

const isList = (shape: Exclude<Shape, Kind>): shape is readonly [Shape] => Array.isArray(shape)

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
