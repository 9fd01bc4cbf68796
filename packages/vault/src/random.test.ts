// Ids have their shapes, PINs are uniform and their selectors unique.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCaseId, parseDocumentId, parseReceiptNumber } from '@einmal-pin/domain/ids'
import { parsePin, secretDigitsOf, selectorOf } from '@einmal-pin/domain/pin'
import fc from 'fast-check'
import { refusedWith } from '../test/fixture.ts'
import { uniformBelow } from './entropy.ts'
import { newCaseId, newDocumentId, newId, newPin, newReceiptNumber, newSecret } from './random.ts'

test('ids, secrets and receipt numbers have the agreed shapes', () => {
  assert.ok(parseCaseId(newCaseId()).ok)
  assert.ok(parseDocumentId(newDocumentId()).ok)
  assert.ok(parseReceiptNumber(newReceiptNumber(2026)).ok)
  assert.match(newId(), /^[\w-]{22}$/)
  assert.match(newSecret(), /^[\w-]{43}$/)
  assert.notEqual(newId(), newId())
})

test('every new PIN parses and its selector is not among those taken', () => {
  const selector = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, '0'))
  fc.assert(
    fc.property(fc.uniqueArray(selector, { maxLength: 99 }), (taken) => {
      const pin = newPin(taken)
      assert.ok(parsePin(pin).ok)
      assert.equal(taken.includes(selectorOf(pin)), false)
    }),
  )
})

test('the last free selector is found, and a hundred taken ones are refused', () => {
  const all = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'))
  assert.equal(selectorOf(newPin(all.filter((selector) => selector !== '42'))), '42')
  assert.throws(() => newPin(all), refusedWith('pin.selectorsExhausted'))
})

/** Pearson's chi-squared statistic of the counts against the uniform distribution. */
const chiSquared = (counts: readonly number[]): number => {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

test('each of the 13 secret digits is uniform', () => {
  const counts = Array.from({ length: 13 }, () => new Array<number>(10).fill(0))
  for (let drawn = 0; drawn < 2000; drawn++) {
    for (const [place, digit] of [...secretDigitsOf(newPin([]))].entries()) {
      const row = counts[place] ?? []
      row[Number(digit)] = (row[Number(digit)] ?? 0) + 1
    }
  }
  // 9 degrees of freedom: above 50 once in ten million runs per place.
  for (const row of counts) assert.ok(chiSquared(row) < 50)
})

test('a draw below a limit stays below it and reaches every value', () => {
  for (const below of [1, 2, 7, 100, 256]) {
    const seen = new Set(Array.from({ length: below * 40 }, () => uniformBelow(below)))
    assert.ok([...seen].every((value) => value >= 0 && value < below))
    assert.ok(seen.size > below * 0.9)
  }
})
