// Drawn photos of letters: sharp and soft, bright and dark, whole and cut off are told apart.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { looksCut } from './photo-cut.ts'
import { issuesOf, type Sample, sampleOf, sharpness } from './photo-quality.ts'

type Paint = (x: number, y: number) => number

const sample = (light: Paint, width = 300, height = 400): Sample => ({
  light: Float32Array.from({ length: width * height }, (_, at) =>
    light(at % width, Math.floor(at / width)),
  ),
  ...{ width, height },
})

interface Sheet {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const PAPER = 225
const INK = 40
const MARGIN = 25

/** A sheet on a table: lines of print, each of short strokes, inside a white margin. */
const letter =
  ({ left, right, top, bottom }: Sheet, table: Paint = () => 90): Paint =>
  (x, y) => {
    if (x < left || x > right || y < top || y > bottom) return table(x, y)
    const inMargin =
      x < left + MARGIN || x > right - MARGIN || y < top + MARGIN || y > bottom - MARGIN
    if (inMargin) return PAPER
    const isLine = (y - top) % 12 < 6
    return isLine && (x * 7 + y) % 5 < 1 ? INK : PAPER
  }

const WHOLE: Sheet = { left: 20, right: 280, top: 25, bottom: 380 }

test('a flat grey has no edges at all', () => {
  assert.equal(sharpness(sample(() => 120, 20, 20)), 0)
})

test('stripes are sharper than a slow change of light', () => {
  const stripes = sharpness(sample((x) => (x % 4 < 2 ? 0 : 255), 20, 20))
  const slow = sharpness(sample((x, y) => x * 5 + y * 3, 20, 20))
  assert.ok(stripes > 1000)
  assert.ok(slow < 1)
})

test('brightness is weighed as the eye does', () => {
  const { light } = sampleOf(new Uint8ClampedArray([255, 255, 255, 255, 0, 255, 0, 255]), 2, 1)
  assert.deepEqual(Array.from(light, Math.round), [255, 150])
})

test('a whole letter gives no warning', () => {
  assert.deepEqual(issuesOf(sample(letter(WHOLE))), [])
})

test('a letter in the dark and a washed-out one are named', () => {
  const whole = letter(WHOLE)
  assert.deepEqual(issuesOf(sample((x, y) => whole(x, y) / 5)), ['dark'])
  assert.deepEqual(issuesOf(sample((x, y) => 150 + whole(x, y) / 60)), ['soft'])
})

const NOT_CUT: Readonly<Record<string, Paint>> = {
  'the sheet fills the photo and its margin is white': letter({
    ...{ left: 0, right: 300, top: 0, bottom: 400 },
  }),
  'a white table': letter(WHOLE, () => 220),
  'a striped tablecloth': letter(WHOLE, (x) => (x % 8 < 4 ? 60 : 150)),
  'a bright chequered tablecloth': letter(WHOLE, (x, y) => (((x >> 3) + (y >> 3)) % 2 ? 120 : 215)),
  'the sheet touches two sides': letter({ left: 0, right: 300, top: 30, bottom: 370 }),
  'a shadow on one half': (x, y) => letter(WHOLE)(x, y) * (x < 150 ? 0.6 : 1),
  'a rule that runs to the edge': (x, y) =>
    y === 200 ? INK : letter({ left: 0, right: 300, top: 0, bottom: 400 })(x, y),
  'a blank sheet': () => PAPER,
  'a black picture': () => 0,
}

for (const [name, paint] of Object.entries(NOT_CUT)) {
  test(`not cut off: ${name}`, () => assert.equal(looksCut(sample(paint)), false))
}

const CUT: Readonly<Record<string, Paint>> = {
  'text runs out at the bottom': letter({ left: 0, right: 300, top: 0, bottom: 440 }),
  'text runs out at the right': letter({ left: 0, right: 340, top: 0, bottom: 400 }),
  'text runs out at the left': letter({ left: -40, right: 300, top: 0, bottom: 400 }),
  'text runs out at the top': letter({ left: 0, right: 300, top: -40, bottom: 400 }),
  'the sheet goes on below, with the table beside it': letter({ ...WHOLE, bottom: 430 }),
  'the sheet goes on at the left': letter({ ...WHOLE, left: -10 }),
}

for (const [name, paint] of Object.entries(CUT)) {
  test(`cut off: ${name}`, () => assert.equal(looksCut(sample(paint)), true))
}
