// Which slips the check digit of a Versichertennummer finds, and that every spelling leads to one number.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { formatKvnr, type Kvnr, kvnrCheckDigit, parseKvnr } from './kvnr.ts'

const anyKvnr: fc.Arbitrary<Kvnr> = fc
  .stringMatching(/^[A-Z][0-9]{8}$/)
  .map((start) => (start + kvnrCheckDigit(start)) as Kvnr)

describe('a Versichertennummer', () => {
  it('is the same in lower case, in groups and in its longer forms', () => {
    fc.assert(
      fc.property(anyKvnr, (kvnr) => {
        const expected = { ok: true, value: kvnr }
        assert.deepEqual(parseKvnr(formatKvnr(kvnr)), expected)
        assert.deepEqual(parseKvnr(kvnr.toLowerCase()), expected)
        assert.deepEqual(parseKvnr(`${kvnr}1044917070`), expected)
        assert.deepEqual(parseKvnr(`${kvnr}104491707T1234567800`), expected)
      }),
    )
  })

  it('forgives letters that look like digits, behind the first character only', () => {
    fc.assert(
      fc.property(
        anyKvnr,
        fc.constantFrom('O', 'o'),
        fc.constantFrom('I', 'i', 'L', 'l'),
        (kvnr, zero, one) => {
          const typed = kvnr.slice(1).replaceAll('0', zero).replaceAll('1', one)
          assert.deepEqual(parseKvnr(kvnr.slice(0, 1) + typed), { ok: true, value: kvnr })
        },
      ),
    )
    assert.deepEqual(parseKvnr('0123456780'), { ok: false, error: 'kvnr.format' })
  })

  it('finds every single wrong digit', () => {
    const slip = fc.record({
      at: fc.integer({ min: 1, max: 9 }),
      by: fc.integer({ min: 1, max: 9 }),
    })
    fc.assert(
      fc.property(anyKvnr, slip, (kvnr, { at, by }) => {
        const typed = kvnr.slice(0, at) + ((Number(kvnr[at]) + by) % 10) + kvnr.slice(at + 1)
        assert.deepEqual(parseKvnr(typed), { ok: false, error: 'kvnr.checkDigit' })
      }),
    )
  })
})
