// Dates as people type them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isIsoDate, monthsLater, readDate, readMonth, readTime, showDate } from './typed-date.ts'

const TODAY = '2026-11-24'

const READ: readonly (readonly [string, string | undefined])[] = [
  ['1.2.26', '2026-02-01'],
  ['01.02.2026', '2026-02-01'],
  [' 1. 2. 2026 ', '2026-02-01'],
  ['1/2/2026', '2026-02-01'],
  ['1-2-26', '2026-02-01'],
  ['1 2 2026', '2026-02-01'],
  ['010226', '2026-02-01'],
  ['01022026', '2026-02-01'],
  ['2026-02-01', '2026-02-01'],
  ['2026-2-1', '2026-02-01'],
  ['1. Februar 2026', '2026-02-01'],
  ['3. März 26', '2026-03-03'],
  ['3 maerz 2026', '2026-03-03'],
  ['24 Dec 2026', '2026-12-24'],
  ['1.5.55', '1955-05-01'],
  ['1.5.36', '2036-05-01'],
  ['1.5.37', '1937-05-01'],
  ['1.\u00a0Februar\u00a02026', '2026-02-01'],
  ['1\u20132\u20132026', '2026-02-01'],
  ['1.2.2026.', '2026-02-01'],
  ['2026/02/01', '2026-02-01'],
  ['2026.2.1', '2026-02-01'],
  ['1. Sept. 2026', '2026-09-01'],
  ['1. Junk 2026', undefined],
  ['1. Marmelade 2026', undefined],
  ['1. Mai 2026', '2026-05-01'],
  ['2026-02/01', undefined],
  ['29.2.2024', '2024-02-29'],
  ['29.2.2026', undefined],
  ['31.4.2026', undefined],
  ['0.1.2026', undefined],
  ['1.13.2026', undefined],
  ['1.2', undefined],
  ['1.2.026', undefined],
  ['heute', undefined],
  ['1. x 2026', undefined],
  ['1.1.0026', undefined],
  ['', undefined],
]

for (const [typed, expected] of READ) {
  test(`a typed date "${typed}" is understood as ${expected}`, () => {
    assert.equal(readDate(typed, TODAY), expected)
  })
}

test('two digits of a birth year never mean the future', () => {
  assert.equal(readDate('1.5.27', TODAY, true), '1927-05-01')
  assert.equal(readDate('1.5.26', TODAY, true), '2026-05-01')
})

test('what is shown in German can be typed again', () => {
  const days = fc.date({
    min: new Date('1900-01-01'),
    max: new Date('2100-12-31'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(days, (day) => {
      const iso = day.toISOString().slice(0, 10)
      assert.ok(isIsoDate(iso))
      assert.equal(readDate(showDate(iso, 'de'), TODAY), iso)
      assert.equal(readDate(showDate(iso, 'en'), TODAY), iso)
    }),
  )
})

test('no text makes the date reader throw or return anything but a real day', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const day = readDate(text, TODAY)
      assert.ok(day === undefined || isIsoDate(day))
    }),
  )
})

test('months and times are understood', () => {
  assert.equal(readMonth('2/26', TODAY), '2026-02')
  assert.equal(readMonth('02.2026', TODAY), '2026-02')
  assert.equal(readMonth('Februar 2026', TODAY), '2026-02')
  assert.equal(readMonth('2026-02', TODAY), '2026-02')
  assert.equal(readMonth('13.2026', TODAY), undefined)
  assert.equal(readTime('9:05'), '09:05')
  assert.equal(readTime('14 Uhr'), '14:00')
  assert.equal(readTime('1405'), '14:05')
  assert.equal(readTime('8 Uhr 30'), '08:30')
  assert.equal(readTime('8,30'), '08:30')
  assert.equal(readTime('8:30 h'), '08:30')
  assert.equal(readTime('25:00'), undefined)
  assert.equal(readTime('abends'), undefined)
})

const LATER: readonly (readonly [string, number, string | undefined])[] = [
  ['2026-11-24', 9, '2027-08-24'],
  ['2026-11-24', -9, '2026-02-24'],
  ['2026-11-24', -11, '2025-12-24'],
  ['2026-12-31', 2, '2027-02-28'],
  ['2028-03-31', -1, '2028-02-29'],
  ['1871-01-01', -24, undefined],
]

for (const [day, months, expected] of LATER) {
  test(`${months} months from ${day}: ${expected}`, () => {
    assert.equal(monthsLater(day, months), expected)
  })
}
