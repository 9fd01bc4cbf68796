// A tenant's settings are complete and right, or nothing starts.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { parseTenant } from './tenant.ts'

const file = new URL('../../../config/tenant.json', import.meta.url)
const settings = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>

function refusalOf(change: Record<string, unknown>): string {
  const parsed = parseTenant({ ...settings, ...change })
  assert.equal(parsed.ok, false)
  return parsed.ok ? '' : parsed.error
}

describe('the tenant settings', () => {
  it('of the repository are right', () => {
    assert.deepEqual(parseTenant(settings), { ok: true, value: settings })
  })

  it('name every key that is missing or unknown', () => {
    const { phone: _phone, ...withoutPhone } = settings
    assert.deepEqual(parseTenant({ ...withoutPhone, colour: 'red' }), {
      ok: false,
      error: 'tenant settings: "phone" is missing; "colour" is not known',
    })
    assert.equal(
      refusalOf({ address: { name: 'a', street: 'b', city: 'c', land: 'd' } }),
      'tenant settings: "address.postcode" is missing; "address.land" is not known',
    )
  })

  const wrong: [string, unknown][] = [
    ['name', ' '],
    ['legalName', 'two\nlines'],
    ['insurerIk', '104491708'],
    ['validityDays', 0],
    ['validityDays', 31.5],
    ['cardDigits', 4],
    ['phone', 'call us'],
    ['address', null],
    ['email', 'service'],
    ['otherMattersUrl', 'http://insurer.example'],
    ['returnLine', 7],
  ]
  it('name every key with a wrong value, and do not repeat the value', () => {
    for (const [key, value] of wrong) {
      const message = refusalOf({ [key]: value })
      assert.match(message, new RegExp(`^tenant settings: "${key}" must `), key)
    }
    assert.doesNotMatch(refusalOf({ email: 'secret-value' }), /secret-value/)
  })

  it('are an object, and inherited keys do not count', () => {
    for (const value of [null, 4, 'x', [], undefined]) assert.equal(parseTenant(value).ok, false)
    assert.equal(parseTenant(Object.create(settings)).ok, false)
  })
})
