// From the input to the stored value and back.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AnswerValue } from './answers.ts'
import type { Field } from './definition.ts'
import { readInput, showInput } from './read-input.ts'

const field = (type: Field['type'], more: object = {}): Field =>
  ({ kind: 'field', key: 'x', type, label: { de: '' }, ...more }) as Field

const CASES: readonly (readonly [Field['type'], string, AnswerValue | undefined, string])[] = [
  ['date', '1.2.26', '2026-02-01', '01.02.2026'],
  ['date', '31.2.26', '31.2.26', '31.2.26'],
  ['date', '  ', undefined, ''],
  ['month', '2/26', '2026-02', '02.2026'],
  ['money', '1.234,56 €', 123_456, '1.234,56'],
  ['money', 'viel', 'viel', 'viel'],
  ['int', ' 12 ', 12, '12'],
  ['iban', 'de02 1203 0000 0000 2020 51', 'DE02120300000000202051', 'DE02 1203 0000 0000 2020 51'],
  ['iban', 'DE02', 'DE02', 'DE02'],
  ['kvnr', 'a123456780', 'A123456780', 'A123456780'],
  ['plz', 'D-01067', '01067', '01067'],
  ['text', ' Mia ', 'Mia', 'Mia'],
  ['textarea', ' a\nb \n', ' a\nb', ' a\nb'],
]

for (const [type, typed, stored, shown] of CASES) {
  test(`${type} "${typed.trim()}" is stored as ${stored} and shown again`, () => {
    const value = readInput(field(type), typed, '2026-11-24')
    assert.equal(value, stored)
    assert.equal(showInput(field(type), value, 'de'), shown)
  })
}

test('two digits of a year mean the past where only the past is allowed', () => {
  const birth = field('date', { notAfter: { today: true } })
  assert.equal(readInput(birth, '1.5.30', '2026-11-24'), '1930-05-01')
  assert.equal(readInput(field('date'), '1.5.30', '2026-11-24'), '2030-05-01')
})
