// Amounts and numbers as people type them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MAX_CENTS, readInt, readMoney, showAmount, showMoney } from './typed-number.ts'

const READ: readonly (readonly [string, number | undefined])[] = [
  ['1.234,56', 123_456],
  ['1234,56', 123_456],
  ['1234.56', 123_456],
  ['1,234.56', 123_456],
  ['1 234,56', 123_456],
  ['1.234', 123_400],
  ['1.234.567', 123_456_700],
  ['1234', 123_400],
  ['450', 45_000],
  ['7,5', 750],
  ['12,-', 1200],
  ['12,--', 1200],
  ['450 €', 45_000],
  ['EUR 450,00', 45_000],
  ['450 Euro', 45_000],
  ['-5', -500],
  ['−5,20', -520],
  ['0', 0],
  ['-0', 0],
  ['1’234.50', 123_450],
  ['450 Euros', 45_000],
  ['1\u202f234,56', 123_456],
  ['0.500', undefined],
  ['0.123', undefined],
  ['1,234', undefined],
  ['1.23.45', undefined],
  ['1,2,3', undefined],
  ['1.234,567', undefined],
  ['12.34,5', undefined],
  ['viel', undefined],
  ['', undefined],
  ['1e3', undefined],
  ['9999999999', undefined],
]

for (const [typed, expected] of READ) {
  test(`a typed amount "${typed}" is ${expected} cents`, () => {
    assert.equal(readMoney(typed), expected)
  })
}

test('an amount shown in German or English can be typed again', () => {
  fc.assert(
    fc.property(fc.integer({ min: -MAX_CENTS, max: MAX_CENTS }), (cents) => {
      assert.equal(readMoney(showAmount(cents, 'de')), cents)
      assert.equal(readMoney(showMoney(cents, 'de')), cents)
      assert.equal(readMoney(showAmount(cents, 'en')), cents)
    }),
  )
})

test('amounts are shown as people write them', () => {
  assert.equal(showMoney(123_456, 'de'), '1.234,56 €')
  assert.equal(showMoney(123_456, 'de-simple'), '1.234,56 €')
  assert.equal(showMoney(-5, 'de'), '-0,05 €')
  assert.equal(showMoney(-123_456, 'en'), '-€1,234.56')
})

test('whole numbers take thousands dots and refuse the rest', () => {
  assert.equal(readInt('1.234'), 1234)
  assert.equal(readInt(' 40 '), 40)
  assert.equal(readInt('-3'), -3)
  assert.equal(readInt('1\u00a0234'), 1234)
  assert.equal(readInt('−3'), -3)
  assert.equal(readInt('12,500'), undefined)
  assert.equal(readInt('0.500'), undefined)
  assert.equal(readInt('1,5'), undefined)
  assert.equal(readInt('zwölf'), undefined)
})
