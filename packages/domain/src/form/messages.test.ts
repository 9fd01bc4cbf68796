// Every code has a text in every language, and placeholders are filled.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { LOCALES } from './definition.ts'
import { ISSUE_TEXTS, issueText } from './messages.ts'
import type { Issue } from './view.ts'

const issue = (code: string, params: Issue['params'] = {}): Issue => ({
  ...{ level: 'error', path: 'x', code, params },
})

test('every error text exists in all languages', () => {
  for (const [code, text] of Object.entries(ISSUE_TEXTS)) {
    for (const locale of LOCALES) assert.ok((text[locale] ?? '').length > 10, `${code} ${locale}`)
  }
})

test('every code that the engine names literally has a text', () => {
  const sources = readdirSync(import.meta.dirname).filter((name) =>
    /^(validate-value|evaluate)\.ts$/.test(name),
  )
  const code = /'((?:[a-z]+\.)+[a-z]+[A-Za-z]*)'/g
  const named = sources.flatMap((name) =>
    [...readFileSync(`${import.meta.dirname}/${name}`, 'utf8').matchAll(code)].map(
      (hit) => hit[1] ?? '',
    ),
  )
  const codes = named.filter((name) => !name.endsWith('.ts'))
  assert.ok(codes.length > 15)
  assert.deepEqual(
    codes.filter((name) => ISSUE_TEXTS[name] === undefined),
    [],
  )
})

test('amounts and dates stand in the language of the reader', () => {
  const limit = { limit: { as: 'date', value: '2026-02-01' } } as const
  assert.match(issueText(issue('date.tooLate', limit), 'de'), /am 01\.02\.2026 oder/)
  assert.match(issueText(issue('date.tooLate', limit), 'en'), /before 1 February 2026/)
  const max = { max: { as: 'money', value: 100_000 } } as const
  assert.match(issueText(issue('number.tooLarge', max), 'de'), /1\.000,00 €/)
})

test('a check brings its own text, an unknown code shows itself', () => {
  const own = { ...issue('check.x'), message: { de: 'Bitte {was} prüfen', en: 'Check {was}' } }
  const params = { was: { as: 'text', value: 'alles' } } as const
  assert.equal(issueText({ ...own, params }, 'en'), 'Check alles')
  assert.equal(issueText({ ...own, params }, 'de-simple'), 'Bitte alles prüfen')
  assert.equal(issueText(issue('neu.code'), 'de'), 'neu.code')
})
