// The promises about the office's configuration: nothing half configured starts, and what is missing is named.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigError } from '@einmal-pin/platform/config'
import { readOfficeConfig } from './config.ts'

const DEMO = { EP_DEMO: '1', OFFICE_DATABASE_URL: 'postgres://nowhere/office' }

test('a demonstration needs nothing but a database', () => {
  const config = readOfficeConfig({ ...DEMO, EP_DATA_DIR: '/tmp/somewhere' })
  assert.equal(config.portalSecretsFile, '/tmp/somewhere/secrets/portal.json')
  assert.deepEqual(config.hosts, [])
})

test('outside a demonstration everything that is missing is named at once', () => {
  const problems = (environment: Record<string, string>) => {
    try {
      readOfficeConfig(environment)
    } catch (error) {
      assert.ok(error instanceof ConfigError)
      return error.problems.join('\n')
    }
    return assert.fail('it started')
  }
  const text = problems({ EP_DEMO: '0' })
  for (const named of [
    'OFFICE_DATABASE_URL',
    'EP_PUBLIC_URL',
    'EP_OFFICE_SECRETS',
    'EP_PORTAL_SECRETS',
    'staff login',
  ]) {
    assert.ok(text.includes(named), named)
  }
})

test('further host names are taken from a list', () => {
  const config = readOfficeConfig({
    ...DEMO,
    EP_OFFICE_HOSTS: 'buero.example, buero.example:8443,',
  })
  assert.deepEqual(config.hosts, ['buero.example', 'buero.example:8443'])
})
