// Contrast ratios that are known from elsewhere, and that order does not matter.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contrastRatio, isHexColour } from './contrast.ts'

const KNOWN: readonly (readonly [string, string, number])[] = [
  ['#000000', '#ffffff', 21],
  ['#ffffff', '#ffffff', 1],
  ['#777777', '#ffffff', 4.48],
  ['#767676', '#FFFFFF', 4.54],
  ['#0000ff', '#ffffff', 8.59],
  ['#ff0000', '#ffffff', 4],
]

for (const [one, other, expected] of KNOWN) {
  test(`${one} and ${other}: ${expected}`, () => {
    assert.equal(Number(contrastRatio(one, other).toFixed(2)), expected)
    assert.equal(contrastRatio(one, other), contrastRatio(other, one))
  })
}

test('only #rrggbb is a colour', () => {
  for (const colour of ['#0b5d66', '#FFFFFF']) assert.ok(isHexColour(colour))
  for (const other of ['#fff', 'red', '#12345', '#1234567', '#gggggg', '', 7, undefined]) {
    assert.ok(!isHexColour(other))
  }
})
