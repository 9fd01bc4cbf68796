// JSON read together with the place of every value, so that a finding can point at line and column.
import type { Json } from './source.ts'

/** Both count from 1; a column is a UTF-16 unit, as editors count. */
export interface Place {
  readonly line: number
  readonly column: number
}

export interface JsonSource {
  readonly value: Json
  /** Place of a value by JSON pointer (RFC 6901); with `offset` of that character inside a string. */
  readonly placeOf: (pointer: string, offset?: number) => Place
  /** Place of the name of a member; of the value where it has none. */
  readonly placeOfName: (pointer: string) => Place
  /** Names that stand twice in one object: JSON takes the last without a word. */
  readonly doubles: readonly { readonly name: string; readonly place: Place }[]
}

export type ReadJson =
  | { readonly ok: true; readonly source: JsonSource }
  | { readonly ok: false; readonly place: Place; readonly expected: string }

/** No form nests so deep; more would only serve to exhaust the stack. */
const MAX_DEPTH = 100

class JsonError extends Error {
  readonly at: number
  constructor(at: number, expected: string) {
    super(expected)
    this.at = at
  }
}

interface Span {
  /** Where the name of the member begins; the value itself where it has none. */
  readonly name: number
  readonly start: number
}

const BLANK = /[ \t\n\r]*/y
const STRING = /"(?:[^"\\]|\\.)*"/sy
const OTHER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y

class Reader {
  readonly spans = new Map<string, Span>()
  readonly doubles: { name: string; at: number }[] = []
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): Json {
    const value = this.#value('', undefined, 0)
    if (this.#at < this.#text.length) throw new JsonError(this.#at, 'the end of the file')
    return value
  }

  /** Reads what fits here, or nothing. */
  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  #next(sign: string): boolean {
    if (this.#text[this.#at] !== sign) return false
    this.#at += 1
    this.#take(BLANK)
    return true
  }

  #value(pointer: string, name: number | undefined, depth: number): Json {
    if (depth > MAX_DEPTH) throw new JsonError(this.#at, 'less nesting')
    this.#take(BLANK)
    this.spans.set(pointer, { name: name ?? this.#at, start: this.#at })
    const value = this.#next('{')
      ? this.#object(pointer, depth)
      : this.#next('[')
        ? this.#array(pointer, depth)
        : this.#plain()
    this.#take(BLANK)
    return value
  }

  #plain(): Json {
    const text = this.#string()
    if (text !== undefined) return text
    const other = this.#take(OTHER)
    if (other === undefined) throw new JsonError(this.#at, 'a value')
    return JSON.parse(other) as Json
  }

  #string(): string | undefined {
    const at = this.#at
    const text = this.#take(STRING)
    if (text === undefined) return undefined
    try {
      return JSON.parse(text) as string
    } catch {
      throw new JsonError(at, 'a text on one line, with known escapes only,')
    }
  }

  #object(pointer: string, depth: number): Json {
    const members = new Map<string, Json>()
    if (this.#next('}')) return {}
    do {
      const at = this.#at
      const name = this.#string()
      if (name === undefined) throw new JsonError(at, 'a name in double quotes')
      this.#take(BLANK)
      if (!this.#next(':')) throw new JsonError(this.#at, '":"')
      if (members.has(name)) this.doubles.push({ name, at })
      members.set(name, this.#value(`${pointer}/${escaped(name)}`, at, depth + 1))
    } while (this.#next(','))
    if (!this.#next('}')) throw new JsonError(this.#at, '"," or "}"')
    return Object.fromEntries(members)
  }

  #array(pointer: string, depth: number): Json {
    const items: Json[] = []
    if (this.#next(']')) return items
    do {
      items.push(this.#value(`${pointer}/${items.length}`, undefined, depth + 1))
    } while (this.#next(','))
    if (!this.#next(']')) throw new JsonError(this.#at, '"," or "]"')
    return items
  }
}

/** One name as a step of a JSON pointer. */
export const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

function placeIn(text: string, at: number): Place {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

const UNIT = /\\u[0-9a-fA-F]{4}|\\.|[^"]/gs

/** Where the character `offset` of the string that begins at `start` is written, escapes counted. */
function insideString(text: string, start: number, offset: number): number {
  UNIT.lastIndex = start + 1
  for (let left = offset; left > 0; left -= 1) if (UNIT.exec(text) === null) break
  return UNIT.lastIndex
}

/** Never throws; a file that is no JSON is an answer with the place where it stops being one. */
export function readJsonSource(text: string): ReadJson {
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text
  const reader = new Reader(bare)
  try {
    const value = reader.document()
    const span = (pointer: string) => reader.spans.get(pointer) ?? { name: 0, start: 0 }
    const placeOf = (pointer: string, offset?: number) => {
      const { start } = span(pointer)
      return placeIn(bare, offset === undefined ? start : insideString(bare, start, offset))
    }
    const placeOfName = (pointer: string) => placeIn(bare, span(pointer).name)
    const doubles = reader.doubles.map(({ name, at }) => ({ name, place: placeIn(bare, at) }))
    return { ok: true, source: { value, placeOf, placeOfName, doubles } }
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    return { ok: false, place: placeIn(bare, error.at), expected: error.message }
  }
}
