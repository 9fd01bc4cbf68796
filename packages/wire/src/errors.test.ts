// The promises about the error catalogue: docs/errors.md says the same, and every text is fit to be shown.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { ERRORS, isErrorCode } from './errors.ts'
import { problemBody } from './problem.ts'

const DOCUMENT = join(import.meta.dirname, '../../../docs/errors.md')

/** One row of the table per code, in the order of the catalogue. */
const rows = Object.entries(ERRORS).map(
  ([code, { status, de, simple, en }]) => `| \`${code}\` | ${status} | ${de} | ${simple} | ${en} |`,
)

describe('error catalogue', () => {
  test('docs/errors.md lists exactly these codes, statuses and texts', () => {
    const documented = readFileSync(DOCUMENT, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
    assert.deepEqual(documented, rows)
  })

  test('every code has a client or server status and a text in three languages', () => {
    for (const [code, { status, de, simple, en }] of Object.entries(ERRORS)) {
      assert.match(code, /^[a-z][a-zA-Z]*\.[a-z][a-zA-Z]*$/)
      assert.ok(status >= 400 && status < 600, code)
      for (const text of [de, simple, en]) assert.match(text, /^[A-ZÄÖÜ].*[.)]$/, code)
    }
  })

  test('a German text is polite: it never says "du"', () => {
    for (const [code, { de, simple }] of Object.entries(ERRORS)) {
      assert.doesNotMatch(`${de} ${simple}`, /\b(du|dein|dich|dir)\b/i, code)
    }
  })

  test('a problem body carries code, status and extra members, and extras cannot replace them', () => {
    const body = problemBody('login.paused', { retryAfterSeconds: 30, status: 200, code: 'x' })
    assert.equal(body.status, 429)
    assert.equal(body.code, 'login.paused')
    assert.equal(body['retryAfterSeconds'], 30)
  })

  test('inherited names are no codes', () => {
    assert.equal(isErrorCode('constructor'), false)
    assert.equal(isErrorCode('login.failed'), true)
  })
})
