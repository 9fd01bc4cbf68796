// Addresses of files and forms: what is refused, and which lines stand in the window.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Country, countryName, parseCountry } from './country.ts'
import {
  ADDRESS_LINES,
  type AddressInput,
  addressLines,
  parsePostalAddress,
} from './postal-address.ts'

const home = {
  street: 'Am Weg',
  houseNumber: '3 a',
  postcode: '01067',
  city: 'Dresden',
  country: 'DE',
}

function problemsOf(change: AddressInput): string[] {
  const parsed = parsePostalAddress({ ...home, ...change })
  return parsed.ok ? [] : parsed.error.map(({ field, code }) => `${field}: ${code}`)
}

describe('a postal address', () => {
  it('is taken with single blanks and composed letters', () => {
    const parsed = parsePostalAddress({ ...home, street: '  Am \u00a0Weg ', city: 'Mu\u0308nchen' })
    assert.deepEqual(parsed, { ok: true, value: { ...home, city: 'München' } })
  })

  const rows: [string, AddressInput, string[]][] = [
    [
      'needs street, city and country',
      { street: '', city: ' ', country: undefined },
      ['street: required', 'city: required', 'country: required'],
    ],
    ['needs no house number', { houseNumber: undefined }, []],
    ['needs five digits of a German postcode', { postcode: '1067' }, ['postcode: postcode']],
    ['knows no German postcode 00…', { postcode: '00123' }, ['postcode: postcode']],
    ['needs a German postcode', { postcode: '' }, ['postcode: required']],
    ['leaves foreign postcodes alone', { postcode: 'SW1A 1AA', country: 'gb' }, []],
    ['knows the countries', { country: 'XX' }, ['country: country']],
    ['takes no control characters', { street: 'Am\nWeg' }, ['street: characters']],
    ['fits the window', { city: 'x'.repeat(61) }, ['city: tooLong']],
  ]
  for (const [name, change, problems] of rows) {
    it(name, () => assert.deepEqual(problemsOf(change), problems))
  }
})

describe('the lines in the window', () => {
  const linesOf = (change: AddressInput) => {
    const parsed = parsePostalAddress({ ...home, ...change })
    assert.ok(parsed.ok)
    return addressLines(['Frau', 'Ana Weiß'], parsed.value)
  }

  it('end with the city in Germany and with the country in capitals abroad', () => {
    assert.deepEqual(linesOf({}), ['Frau', 'Ana Weiß', 'Am Weg 3 a', '01067 Dresden'])
    const abroad = { careOf: 'Huber', postcode: '1010', city: 'Wien', country: 'AT' }
    assert.deepEqual(linesOf(abroad).slice(2), [
      'c/o Huber',
      'Am Weg 3 a',
      '1010 Wien',
      'ÖSTERREICH',
    ])
    assert.equal(linesOf(abroad).length, ADDRESS_LINES)
  })

  it('do not repeat a c/o that is written already', () => {
    assert.equal(linesOf({ careOf: 'c/o Huber' })[2], 'c/o Huber')
  })
})

describe('countries', () => {
  it('are the 249 of ISO 3166, each with a German name', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
    const codes = letters.flatMap((first) => letters.map((second) => first + second))
    const known = codes.filter((code) => parseCountry(code).ok)
    assert.equal(known.length, 249)
    for (const code of known) assert.notEqual(countryName(code as Country), code)
  })
})
