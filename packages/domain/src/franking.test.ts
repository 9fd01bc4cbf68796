// The promises about franking: weight classes at their borders, and one order of destinations.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byDestination, frankingOf } from './franking.ts'

test('three sheets are a standard letter, nine a compact one, ten go flat', () => {
  assert.deepEqual(
    [1, 3, 4, 9, 10].map((sheets) => frankingOf(sheets, 'DE').product),
    ['standard', 'standard', 'kompakt', 'kompakt', 'gross'],
  )
  assert.deepEqual(frankingOf(10, 'AT'), { duplex: true, envelope: 'C4', product: 'gross-int' })
})

test('Germany comes first by ascending postcode, then the others by country', () => {
  const places = [
    { country: 'AT', postcode: '1010' },
    { country: 'DE', postcode: '99084' },
    { country: 'PL', postcode: '00-001' },
    { country: 'DE', postcode: '01099' },
    { country: 'AT', postcode: '0100' },
  ]
  assert.deepEqual(
    places.toSorted(byDestination).map(({ country, postcode }) => `${country} ${postcode}`),
    ['DE 01099', 'DE 99084', 'AT 0100', 'AT 1010', 'PL 00-001'],
  )
})
