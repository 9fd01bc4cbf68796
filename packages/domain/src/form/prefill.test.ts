// What the office knows: starting answers, refused imports, what was changed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CalendarDate } from '../calendar-date.ts'
import { applyPrefill } from './prefill.ts'
import { changedAgainstPrefill } from './summary.ts'
import { TINY } from './tiny-form.fixture.ts'
import { validatePrefill } from './validate-prefill.ts'

const TODAY = '2026-11-24' as CalendarDate
const PREFILL = { name: 'A', welpen: [{ rufname: 'Bo' }, { rufname: 'Ida' }] }

test('known items get the same ids in browser and office', () => {
  assert.deepEqual(applyPrefill(TINY, PREFILL), {
    name: 'A',
    welpen: [
      { rufname: 'Bo', id: 'k1' },
      { rufname: 'Ida', id: 'k2' },
    ],
  })
  assert.deepEqual(applyPrefill(TINY, {}), {})
})

test('applying a prefill ignores what may not be prefilled', () => {
  assert.deepEqual(applyPrefill(TINY, { hund: 'ja', fremd: 1, welpen: 'x' }), {})
})

const REFUSED: readonly (readonly [unknown, string, string])[] = [
  [[], '', 'prefill.format'],
  ['text', '', 'prefill.format'],
  [{ fremd: 'x' }, 'fremd', 'prefill.unknown'],
  [{ hund: 'ja' }, 'hund', 'prefill.notPrefillable'],
  [{ name: 7 }, 'name', 'prefill.value'],
  [{ name: 'x'.repeat(201) }, 'name', 'prefill.value'],
  [{ name: ' A ' }, 'name', 'prefill.value'],
  [{ welpen: {} }, 'welpen', 'prefill.format'],
  [{ welpen: [{}, {}, {}, {}] }, 'welpen', 'prefill.tooMany'],
  [{ welpen: [{ rufname: 'A' }, 'B'] }, 'welpen/2', 'prefill.format'],
  [{ welpen: [{ id: 'k1' }] }, 'welpen/1/id', 'prefill.unknown'],
  [{ welpen: [{ geboren: '2026-01-01' }] }, 'welpen/1/geboren', 'prefill.notPrefillable'],
]

for (const [prefill, path, code] of REFUSED) {
  test(`an import with ${JSON.stringify(prefill).slice(0, 60)} is refused at "${path}"`, () => {
    assert.deepEqual(validatePrefill(TINY, prefill, TODAY), [{ path, code }])
  })
}

test('a right prefill has no problems', () => {
  assert.deepEqual(validatePrefill(TINY, PREFILL, TODAY), [])
  assert.deepEqual(validatePrefill(TINY, {}, TODAY), [])
})

test('changed values are listed with what was known, in form order', () => {
  const answers = {
    name: 'B',
    hund: 'ja',
    rasse: 'Dackel',
    welpen: [{ id: 'k1', rufname: 'Bobo' }],
  }
  const changed = changedAgainstPrefill(TINY, answers, { today: TODAY, prefill: PREFILL })
  assert.deepEqual(changed, [
    { path: 'name', label: 'name', known: 'A', now: 'B' },
    { path: 'welpen/k1/rufname', label: 'rufname', known: 'Bo', now: 'Bobo' },
  ])
})
