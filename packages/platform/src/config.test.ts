// The environment is checked as a whole, and every mistake is named.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigError, type Environment, readCommonConfig, readEnvironment } from './config.ts'

function read(environment: Environment) {
  const reader = readEnvironment(environment)
  const config = readCommonConfig(reader)
  reader.done()
  return config
}

const problemsOf = (environment: Environment): readonly string[] => {
  try {
    read(environment)
    return []
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.problems
  }
}

test('a demonstration needs nothing but EP_DEMO', () => {
  const config = read({ EP_DEMO: '1' })
  assert.equal(config.publicUrl, 'http://127.0.0.1:8080')
  assert.equal(config.officePort, 8081)
  assert.equal(config.clockOffsetSeconds, 0)
  assert.ok(config.dataDir.endsWith('/var'))
})

test('the public URL follows the portal port', () => {
  assert.equal(read({ EP_DEMO: '1', EP_PORTAL_PORT: '9000' }).publicUrl, 'http://127.0.0.1:9000')
})

test('outside a demonstration the public origin must be named and be https', () => {
  assert.deepEqual(problemsOf({}), ['EP_PUBLIC_URL is missing'])
  assert.deepEqual(problemsOf({ EP_PUBLIC_URL: 'http://a.example' }), [
    'EP_PUBLIC_URL must begin with https:// unless EP_DEMO=1',
  ])
  assert.deepEqual(problemsOf({ EP_PUBLIC_URL: 'https://a.example/' }), [])
})

test('the clock moves in demonstrations only', () => {
  assert.equal(read({ EP_DEMO: '1', EP_CLOCK_OFFSET: 'P32D' }).clockOffsetSeconds, 32 * 86_400)
  assert.deepEqual(problemsOf({ EP_PUBLIC_URL: 'https://a.example', EP_CLOCK_OFFSET: 'P32D' }), [
    'EP_CLOCK_OFFSET moves the clock and works with EP_DEMO=1 only',
  ])
})

test('all mistakes are named at once', () => {
  const problems = problemsOf({
    EP_DEMO: 'yes',
    EP_PORTAL_PORT: '99999',
    EP_OFFICE_PORT: 'x',
    EP_PUBLIC_URL: 'https://a.example/path',
    EP_CLOCK_OFFSET: 'tomorrow',
    EP_TRUSTED_PROXIES: '10.0.0.0/8, 300.1.1.1',
  })
  assert.equal(problems.length, 6)
})
