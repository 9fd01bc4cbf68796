// Turning, moving, taking again and deleting sheets.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Sheet, withMove, without, withRetake, withTurn } from './sheet.ts'

const sheet = (key: string): Sheet => ({
  ...{ key, jpeg: new Blob(), preview: new Blob(), width: 3, height: 4, turn: 0, issues: [] },
})
const three = ['a', 'b', 'c'].map(sheet)
const keys = (sheets: readonly Sheet[]) => sheets.map(({ key }) => key).join('')

test('four quarters to either side are none', () => {
  for (const degrees of [90, -90] as const) {
    const turns = Array.from({ length: 4 }).reduce<readonly Sheet[]>(
      (sheets) => withTurn(sheets, 1, degrees),
      three,
    )
    assert.deepEqual(turns, three)
  }
  assert.deepEqual(
    withTurn(three, 1, -90).map(({ turn }) => turn),
    [0, 270, 0],
  )
})

test('a sheet moves by one place, and not over the end', () => {
  assert.equal(keys(withMove(three, 0, 1)), 'bac')
  assert.equal(keys(withMove(three, 2, -1)), 'acb')
  assert.equal(keys(withMove(three, 0, -1)), 'abc')
  assert.equal(keys(withMove(three, 2, 1)), 'abc')
})

test('a sheet is taken again in its place, and deleted from it', () => {
  assert.equal(keys(withRetake(three, 1, sheet('x'))), 'axc')
  assert.equal(keys(without(three, 1)), 'ac')
})
