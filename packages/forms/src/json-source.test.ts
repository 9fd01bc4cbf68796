// The promise of reading JSON with places: the same values as JSON.parse, and every place is the value's own.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readJsonSource } from './json-source.ts'
import { valueAt } from './origin.ts'
import type { Json } from './source.ts'

const pointersOf = (value: Json, pointer = ''): readonly string[] => [
  pointer,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, part]: [string, Json | undefined]) =>
        pointersOf(part ?? null, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
      )
    : []),
]

test('reads what JSON.parse reads, and every place begins with the value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat({ max: 3 }), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      const read = readJsonSource(text)
      assert.ok(read.ok)
      assert.deepEqual(read.source.value, JSON.parse(text))
      const rows = text.split('\n')
      for (const pointer of pointersOf(read.source.value)) {
        const { line, column } = read.source.placeOf(pointer)
        const rest = [rows[line - 1]?.slice(column - 1), ...rows.slice(line)].join('\n')
        const own = JSON.stringify(valueAt(read.source.value, pointer))
        const first = own.startsWith('{') || own.startsWith('[') ? own.slice(0, 1) : own
        assert.ok(rest.startsWith(first), `${pointer} at ${line}:${column}`)
      }
    }),
  )
})

test('refuses exactly what JSON.parse refuses, and never throws', () => {
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }
  const pieces = fc.constantFrom(
    ...[
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '\\',
      '1',
      '-',
      '01',
      '1.',
      'e5',
      ' ',
      '\n',
      '\t',
    ],
    ...['true', 'nul', 'null', '"\\u00e4"', '"\\x"', '\u00a0', '1e5', '0'],
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (list) => {
      const text = list.join('')
      assert.equal(readJsonSource(text).ok, isJson(text), JSON.stringify(text))
    }),
    { numRuns: 3_000 },
  )
})

test('a very deep file is refused, not a crash', () => {
  assert.equal(readJsonSource('['.repeat(100_000)).ok, false)
})

test('a byte order mark is not counted, a name that stands twice is told', () => {
  const read = readJsonSource('\ufeff{ "a": 1, "a": 2 }')
  assert.ok(read.ok)
  assert.deepEqual(read.source.doubles, [{ name: 'a', place: { line: 1, column: 11 } }])
})
