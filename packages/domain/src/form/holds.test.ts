// The language of conditions, one table.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Cond, Operand } from './condition.ts'
import { holds, resolve, wholeYears } from './holds.ts'
import type { Scope } from './scope.ts'

const inner = { id: 'j1', lohn: 40_000, art: 'minijob' }
const item = {
  id: 'k1',
  alter: '2008-02-29',
  name: 'Muster ',
  jobs: [inner, { id: 'j2', lohn: 1 }],
}
const scope: Scope = {
  root: {
    stand: 'ledig',
    tiere: ['hund', 'katze'],
    leer: '',
    nichts: [],
    haken: false,
    zahl: 5,
    jahr: 2025,
    tag: '2026-06-30',
    krumm: 'bald',
    familie: 'muster',
    kinder: [item, { id: 'k2', name: 'muster' }],
  },
  frames: [
    { values: item, known: true },
    { values: inner, known: false },
  ],
  today: '2026-11-24',
  parameters: [
    {
      id: 'grenze',
      values: [
        { from: '2025-01-01', value: 1 },
        { from: '2026-01-01', value: 2 },
      ],
    },
  ],
}
const outside: Scope = { ...scope, frames: scope.frames.slice(0, 1) }

const TABLE: readonly (readonly [Cond, boolean])[] = [
  [{ eq: ['stand', 'ledig'] }, true],
  [{ eq: ['fehlt', 'ledig'] }, false],
  [{ in: ['stand', ['ledig', 'x']] }, true],
  [{ in: ['fehlt', ['ledig']] }, false],
  [{ has: ['tiere', 'hund'] }, true],
  [{ has: ['stand', 'ledig'] }, false],
  [{ filled: 'stand' }, true],
  [{ filled: 'leer' }, false],
  [{ filled: 'nichts' }, false],
  [{ filled: 'haken' }, false],
  [{ not: { filled: 'leer' } }, true],
  [{ all: [{ filled: 'stand' }, { filled: 'zahl' }] }, true],
  [{ any: [{ filled: 'leer' }, { filled: 'zahl' }] }, true],
  [{ gt: ['zahl', { value: 4 }] }, true],
  [{ gt: ['zahl', { value: 5 }] }, false],
  [{ gte: ['zahl', { value: 5 }] }, true],
  [{ lt: ['zahl', { value: 5 }] }, false],
  [{ lte: ['zahl', { value: 5 }] }, true],
  [{ lt: ['tag', { today: true }] }, true],
  [{ lt: ['krumm', { today: true }] }, false],
  [{ gt: ['fehlt', { value: 0 }] }, false],
  [{ lt: ['stand', { value: 1 }] }, false],
  [{ eq: ['./art', 'minijob'] }, true],
  [{ filled: '../alter' }, true],
  [{ age: '../alter', at: ['today'], gte: 18 }, true],
  [{ age: '../alter', at: ['fehlt', 'tag'], gte: 18, lt: 19 }, true],
  [{ age: '../alter', at: ['krumm', 'today'], lt: 18 }, false],
  [{ age: 'fehlt', at: ['today'], lt: 99 }, false],
  [{ age: '../alter', at: ['jahr'], lt: 17 }, true],
  [{ same: ['../name', 'familie'] }, true],
  [{ same: ['fehlt', 'fehlt'] }, false],
  [{ some: 'kinder', where: { eq: ['./id', 'k2'] } }, true],
  [{ some: 'kinder', where: { some: './jobs', where: { eq: ['./art', 'minijob'] } } }, true],
  [{ some: 'fehlt', where: { not: { filled: './x' } } }, false],
  [{ known: false }, true],
]

for (const [cond, expected] of TABLE) {
  test(`${JSON.stringify(cond)} ${expected ? 'holds' : 'does not hold'}`, () => {
    assert.equal(holds(cond, scope), expected)
  })
}

test('an item knows whether the office knew it and whether it is there twice', () => {
  assert.equal(holds({ known: true }, outside), true)
  assert.equal(holds({ twice: ['kinder'], by: ['name'] }, outside), true)
  assert.equal(holds({ twice: ['kinder'], by: ['name', 'fehlt'] }, outside), false)
})

const SUMS: readonly (readonly [Operand, unknown])[] = [
  [{ sumOf: './jobs', each: './lohn' }, 40_001],
  [{ sumOf: './jobs', each: { divide: './lohn', by: 12 } }, 3333],
  [{ sum: ['zahl', 'fehlt', { value: 2 }] }, 7],
  [{ sumOf: './jobs', where: { eq: ['./art', 'minijob'] }, each: './lohn' }, 40_000],
  [{ sumOf: 'kinder', where: { filled: './alter' }, each: { value: 1 } }, 1],
  [{ minus: ['zahl', { value: 7 }] }, -2],
  [{ minus: ['fehlt', 'zahl'] }, -5],
  [{ product: ['zahl', { value: 3 }, { value: 2 }] }, 30],
  [{ product: ['zahl', 'fehlt'] }, 0],
  [{ divide: { product: [{ value: 1250 }, { parameter: 'grenze', at: ['tag'] }] }, by: 100 }, 25],
  [{ if: { filled: 'zahl' }, yes: 'tag', no: { value: 1 } }, '2026-06-30'],
  [{ if: { filled: 'fehlt' }, yes: 'tag', no: { value: 1 } }, 1],
  [{ smallest: ['zahl', { value: 7 }] }, 5],
  [{ largest: ['zahl', { value: 7 }, 'fehlt'] }, 7],
  [{ parameter: 'grenze', at: ['tag'] }, 2],
  [{ parameter: 'grenze', at: ['jahr'] }, 1],
  [{ parameter: 'grenze', at: ['fehlt'] }, 2],
  [{ parameter: 'unbekannt', at: ['tag'] }, undefined],
  [{ year: './alter' }, 2008],
  [{ year: 'krumm' }, undefined],
  [{ monthsFrom: 'today', by: -9 }, '2026-02-24'],
  [{ monthsFrom: 'krumm', by: 1 }, undefined],
]

for (const [operand, expected] of SUMS) {
  test(`${JSON.stringify(operand)} is ${expected}`, () => {
    assert.equal(resolve(operand, outside), expected)
  })
}

test('years are whole, and who is born on 29 February turns on 1 March', () => {
  assert.equal(wholeYears('2008-02-29', '2026-02-28'), 17)
  assert.equal(wholeYears('2008-02-29', '2026-03-01'), 18)
  assert.equal(wholeYears('2008-06-30', '2026-06-30'), 18)
  assert.equal(wholeYears('2008-06-30', '2026-06-29'), 17)
})
