// The promise about PINs in a text: found in every grouping, and no date, telephone or account number is taken for one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { without } from './plain-text.ts'
import { pinsIn } from './printed-pins.ts'

const PIN = '4711081547110815'

for (const text of [
  'PIN 4711 0815 4711 0815',
  '4711\u00a00815\u00a04711\u00a00815',
  '4711 0815\r\n4711 0815',
  'PIN:4711081547110815.',
  '4711-0815-4711-0815',
  '4711.0815.4711.0815',
  '4711/0815/4711/0815',
  '47110815 47110815',
  '2026 4711 0815 4711 0815 12',
  'bis 24.12.2026 4711 0815 4711 0815',
]) {
  test(`a PIN is in ${JSON.stringify(text)}`, () => assert.deepEqual(pinsIn(text), [PIN]))
}

for (const text of [
  '4711 0815 4711 0816',
  '80276883110000017222',
  '23.11.2026 24.12.2026',
  '0800 0000 115, 8 bis 18 Uhr',
  'DE02 1203 0000 0000 2020 51',
  '',
]) {
  test(`no PIN is in ${JSON.stringify(text)}`, () => assert.deepEqual(pinsIn(text), []))
}

test('an Aktenzeichen that makes sixteen digits with the date beside it is no PIN', () => {
  const headers = Array.from({ length: 1000 }, (_, index) => {
    const caseRef = `2026-0047-${110_000 + index}`
    return { caseRef, text: `Aktenzeichen ${caseRef} · 23.11.2026` }
  })
  // One in ten has the right check digit.
  assert.ok(headers.some(({ text }) => pinsIn(text).length > 0))
  assert.ok(headers.every(({ text, caseRef }) => pinsIn(without(text, caseRef)).length === 0))
})
