// Two devices, one draft.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Answers } from './answers.ts'
import { mergeAnswers } from './merge.ts'

const doc = (letter: string): string => `d${letter.repeat(19)}`

test('fields that only one side changed take that change', () => {
  const base = { a: 'alt', b: 'alt', c: 'bleibt' }
  const merged = mergeAnswers(base, { ...base, a: 'neu' }, { ...base, b: 'anders' })
  assert.deepEqual(merged, { answers: { a: 'neu', b: 'anders', c: 'bleibt' }, overwritten: [] })
})

test('the last writer of one field wins and the path is told', () => {
  const merged = mergeAnswers({ a: '1' }, { a: '2' }, { a: '3' })
  assert.deepEqual(merged, { answers: { a: '2' }, overwritten: ['a'] })
})

test('an emptied field stays empty if the other side left it alone', () => {
  assert.deepEqual(mergeAnswers({ a: '1', b: '1' }, { b: '1' }, { a: '1', b: '2' }).answers, {
    b: '2',
  })
})

test('items are matched by id, whatever their place', () => {
  const base = { kinder: [{ id: 'k1', vorname: 'Mia' }, { id: 'k2' }] }
  const mine = { kinder: [{ id: 'k1', vorname: 'Mia', art: 'ja' }, { id: 'k2' }, { id: 'x1' }] }
  const theirs = {
    kinder: [
      { id: 'k1', vorname: 'Maja' },
      { id: 'k2', vorname: 'Ben' },
    ],
  }
  const merged = mergeAnswers(base, mine, theirs)
  assert.deepEqual(merged.answers, {
    kinder: [{ id: 'k1', vorname: 'Maja', art: 'ja' }, { id: 'k2', vorname: 'Ben' }, { id: 'x1' }],
  })
  assert.deepEqual(merged.overwritten, [])
})

test('the path of an overwritten field names its item', () => {
  const item = (vorname: string) => ({ neu: [{ id: 'x1', vorname }] })
  const merged = mergeAnswers(item('A'), item('B'), item('C'))
  assert.deepEqual(merged.overwritten, ['neu/x1/vorname'])
})

test('a removed item is gone, unless the other side went on filling it in', () => {
  const base = {
    neu: [
      { id: 'x1', a: '1' },
      { id: 'x2', a: '1' },
    ],
  }
  const mine = { neu: [{ id: 'x2', a: '1' }] }
  assert.deepEqual(mergeAnswers(base, mine, base).answers, mine)
  const theirs = {
    neu: [
      { id: 'x1', a: '2' },
      { id: 'x2', a: '1' },
    ],
  }
  assert.deepEqual(mergeAnswers(base, mine, theirs).answers, theirs)
  assert.deepEqual(mergeAnswers(base, {}, base).answers, {})
})

test('documents of both devices stay, and a removed one is gone', () => {
  const base = { steuer: { wie: 'jetzt', dateien: [doc('a'), doc('b')] } } as const
  const mine = { steuer: { wie: 'jetzt', dateien: [doc('b'), doc('c')] } } as const
  const theirs = { steuer: { wie: 'jetzt', dateien: [doc('a'), doc('b'), doc('e')] } } as const
  assert.deepEqual(mergeAnswers(base, mine, theirs), {
    answers: { steuer: { wie: 'jetzt', dateien: [doc('b'), doc('c'), doc('e')] } },
    overwritten: [],
  })
})

test('an address is one field: streets and towns of two devices are never mixed', () => {
  const at = (strasse: string, ort: string) => ({ anschrift: { strasse, ort } })
  const merged = mergeAnswers(at('A', 'A'), at('B', 'A'), at('A', 'C'))
  assert.deepEqual(merged, { answers: at('B', 'A'), overwritten: ['anschrift'] })
})

const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.constant(true),
  fc.constantFrom(['x'], ['y', 'z']),
)
const fields = (prefix: string) =>
  fc.dictionary(
    fc.constantFrom('a', 'b', 'c').map((key) => prefix + key),
    value,
    { noNullPrototype: true },
  )
const items = (ids: readonly string[]) =>
  fc.uniqueArray(fc.record({ id: fc.constantFrom(...ids), x: value }, { noNullPrototype: true }), {
    selector: (it) => it.id,
  })

test('merging commutes when the two sides changed different fields', () => {
  fc.assert(
    fc.property(
      fc.tuple(fields('m'), fields('t'), items(['k1', 'k2'])),
      fc.tuple(fields('m'), items(['m1', 'm2'])),
      fc.tuple(fields('t'), items(['t1', 't2'])),
      ([m, t, known], [mine, mineNew], [theirs, theirsNew]) => {
        const base = { ...m, ...t, g: known } as Answers
        const left = { ...mine, ...t, g: [...known, ...mineNew] } as Answers
        const right = { ...m, ...theirs, g: [...known, ...theirsNew] } as Answers
        const forth = mergeAnswers(base, left, right)
        assert.deepEqual(forth, mergeAnswers(base, right, left))
        assert.deepEqual(forth.overwritten, [])
      },
    ),
  )
})

test('merging with an unchanged side gives the other side, and merging twice changes nothing', () => {
  const side = fc
    .tuple(fields('f'), items(['k1', 'k2', 'k3']))
    .map(([rest, g]) => (g.length > 0 ? { ...rest, g } : rest) as Answers)
  fc.assert(
    fc.property(side, side, side, (base, mine, theirs) => {
      assert.deepEqual(mergeAnswers(base, mine, base).answers, mine)
      const { answers } = mergeAnswers(base, mine, theirs)
      assert.deepEqual(mergeAnswers(theirs, answers, theirs).answers, answers)
    }),
  )
})

test('a hostile key in a draft does not reach the prototype', () => {
  const hostile = JSON.parse('{"__proto__":{"admin":true}}') as Answers
  mergeAnswers({}, hostile, { a: '1' })
  assert.equal(({} as Record<string, unknown>)['admin'], undefined)
})
