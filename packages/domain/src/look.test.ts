// The brand file: the shipped one can be read by everybody, and what is wrong with another is said with place and figure.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type Look, lookCss, lookProblems, markSvg } from './look.ts'

const brand: Look = JSON.parse(
  readFileSync(new URL('../../../config/brand.json', import.meta.url), 'utf8'),
)
const light = (change: object) => ({ ...brand, light: { ...brand.light, ...change } })

test('the shipped brand is fine in both schemes', () => assert.deepEqual(lookProblems(brand), []))

/** A changed brand, and the beginning of what is said about it. */
const MISTAKES: readonly (readonly [string, unknown, string])[] = [
  [
    'pale text',
    light({ brand: '#7fb0b5' }),
    'light: brand on surface (#7fb0b5 on #ffffff) has a contrast of 2.',
  ],
  ['a colour by name', light({ page: 'white' }), 'light.page: write a colour as #rrggbb'],
  ['a colour too many', light({ pink: '#ff00ff' }), 'light.pink: there is no such colour'],
  ['no dark scheme', { ...brand, dark: undefined }, 'dark.brand: write a colour'],
  ['no mark', { ...brand, mark: { viewBox: '0 0 4 4', shapes: [] } }, 'mark.shapes: draw'],
  [
    'markup in the mark',
    { ...brand, mark: { viewBox: '0 0 4 4', shapes: [{ d: '"><script>', fill: 'brand' }] } },
    'mark.shapes.0.d: write the path',
  ],
  ['styles in the font', { ...brand, font: 'x;} body{display:none' }, 'font: write a list'],
  ['nothing', null, 'light.brand: write a colour'],
]

for (const [what, value, expected] of MISTAKES) {
  test(`${what}: ${expected} …`, () => {
    const problems = lookProblems(value)
    assert.ok(
      problems.some((line) => line.startsWith(expected)),
      problems.join('\n'),
    )
  })
}

test('styles and mark hold the colours of both schemes', () => {
  for (const text of [lookCss(brand), markSvg(brand)]) {
    assert.ok(text.includes(brand.light.brand) && text.includes(brand.dark.brand))
    assert.ok(text.includes('prefers-color-scheme'))
  }
})
