// IBAN, Steuer-ID, postcode, phone and e-mail: what is forgiven and what is refused.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readEmail, readIban, readPhone, readPlz, readSteuerId, showIban } from './named-formats.ts'

const CASES: readonly (readonly [
  string,
  (raw: string) => string | undefined,
  string,
  string | undefined,
])[] = [
  ['IBAN', readIban, 'de02 1203 0000 0000 2020 51', 'DE02120300000000202051'],
  ['IBAN', readIban, 'GB82WEST12345698765432', 'GB82WEST12345698765432'],
  ['IBAN', readIban, 'DE02 1203 0000 0000 2020 52', undefined],
  ['IBAN', readIban, 'DE02 1203 0000 0000 2020 5', undefined],
  ['IBAN', readIban, 'XX02120300000000202051', undefined],
  ['Steuer-ID', readSteuerId, '86 095 742 719', '86095742719'],
  ['Steuer-ID', readSteuerId, '86095742718', undefined],
  ['Steuer-ID', readSteuerId, '06095742719', undefined],
  ['PLZ', readPlz, 'D-01067', '01067'],
  ['PLZ', readPlz, '1067', undefined],
  ['PLZ', readPlz, '00000', undefined],
  ['phone', readPhone, '+49 (0)201 123456', '+49 (0)201 123456'],
  ['phone', readPhone, 'keine', undefined],
  ['phone', readPhone, '12', undefined],
  ['e-mail', readEmail, ' mia@example.de ', 'mia@example.de'],
  ['e-mail', readEmail, 'mia@example', undefined],
  ['e-mail', readEmail, 'mia at example.de', undefined],
  ['e-mail', readEmail, 'a@b@c.de', undefined],
]

for (const [name, read, typed, expected] of CASES) {
  test(`${name} "${typed}" reads as ${expected}`, () => {
    assert.equal(read(typed), expected)
  })
}

test('an IBAN is shown in groups of four', () => {
  assert.equal(showIban('DE02120300000000202051'), 'DE02 1203 0000 0000 2020 51')
})
