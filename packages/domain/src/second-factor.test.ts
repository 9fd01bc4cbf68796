// One login field for everybody: card digits and birth dates are told apart by their shape alone.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { formatBirthDate, parseBirthDate } from './birth-date.ts'
import type { CardDigits } from './card-number.ts'
import { parseSecondFactor } from './second-factor.ts'

type Row = [input: string, ask: CardDigits, expected: string]
const card: Row[] = [
  ['017222', 6, '017222'],
  ['017 222', 6, '017222'],
  ['01.72.22', 6, '017222'],
  ['01-72-22', 6, '017222'],
  ['1 7 2222', 6, '172222'],
  ['121980', 6, '121980'],
  ['17222', 5, '17222'],
  ['80276 88311 00000 17222', 6, '017222'],
  ['80276883110000017222', 5, '17222'],
]
const birth: Row[] = [
  ['24.12.1980', 6, '19801224'],
  ['24.12.1980', 5, '19801224'],
  ['24121980', 6, '19801224'],
  ['24 12 1980', 6, '19801224'],
  [' 24. 12. 1980 ', 6, '19801224'],
  ['24/12/1980', 6, '19801224'],
  ['24-12-1980', 6, '19801224'],
  ['1.2.1980', 6, '19800201'],
  ['1980-12-24', 6, '19801224'],
  ['00.00.1950', 6, '19500000'],
  ['00.07.1950', 6, '19500700'],
  ['15001950', 6, '19500015'],
  ['29.02.2024', 6, '20240229'],
]
const refused: [input: string, ask: CardDigits, error: string][] = [
  ['', 6, 'secondFactor.format'],
  ['17222', 6, 'secondFactor.format'],
  ['017222', 5, 'secondFactor.format'],
  ['01722A', 6, 'secondFactor.format'],
  ['24.12.80', 5, 'secondFactor.format'],
  ['12345678901234567890', 6, 'secondFactor.format'],
  ['31.02.1980', 6, 'secondFactor.date'],
  ['29.02.2023', 6, 'secondFactor.date'],
  ['32001950', 6, 'secondFactor.date'],
  ['00.13.1950', 6, 'secondFactor.date'],
  ['24.12.0980', 6, 'secondFactor.date'],
]

describe('the second factor', () => {
  it('reads the card digits', () => {
    for (const [input, ask, digits] of card) {
      assert.deepEqual(parseSecondFactor(input, ask), { ok: true, value: { kind: 'card', digits } })
    }
  })

  it('reads the birth date, with unknown days and months too', () => {
    for (const [input, ask, date] of birth) {
      assert.deepEqual(parseSecondFactor(input, ask), { ok: true, value: { kind: 'birth', date } })
    }
  })

  it('names what is neither', () => {
    for (const [input, ask, error] of refused) {
      assert.deepEqual(parseSecondFactor(input, ask), { ok: false, error }, input)
    }
  })

  it('keeps a birth date through writing and reading', () => {
    const born = fc.date({
      min: new Date('1880-01-01'),
      max: new Date('2099-12-31'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(born, (instant) => {
        const parsed = parseBirthDate(instant.toISOString().slice(0, 10))
        assert.ok(parsed.ok)
        assert.deepEqual(parseBirthDate(formatBirthDate(parsed.value)), parsed)
      }),
    )
  })
})
