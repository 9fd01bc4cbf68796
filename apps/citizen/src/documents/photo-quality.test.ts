// Sharp edges and a flat grey are told apart.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sharpness } from './photo-quality.ts'

const sample = (light: (x: number, y: number) => number) => ({
  light: Float32Array.from({ length: 400 }, (_, at) => light(at % 20, Math.floor(at / 20))),
  width: 20,
  height: 20,
})

test('a flat grey has no edges at all', () => {
  assert.equal(sharpness(sample(() => 120)), 0)
})

test('stripes are sharper than a slow change of light', () => {
  const stripes = sharpness(sample((x) => (x % 4 < 2 ? 0 : 255)))
  const slow = sharpness(sample((x, y) => x * 5 + y * 3))
  assert.ok(stripes > 1000)
  assert.ok(slow < 1)
})
