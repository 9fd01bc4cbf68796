// Addresses of the three languages lead to each other and back.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LOCALES } from '@einmal-pin/domain/form/definition'
import { localeOfSegment, pageOf, pathIn } from './segments.ts'

const PAGES = ['/', '/anmelden', '/vorgang', '/vorgang/pruefen'] as const

test('every page has its own address in every language, without a trailing slash', () => {
  const paths = LOCALES.flatMap((locale) => PAGES.map((page) => pathIn(locale, page)))
  assert.equal(new Set(paths).size, paths.length)
  for (const path of paths) assert.ok(path === '/' || !path.endsWith('/'), path)
})

test('from any address the page is found again, whatever its language', () => {
  for (const locale of LOCALES) {
    for (const page of PAGES) assert.equal(pageOf(pathIn(locale, page)), page)
  }
  assert.equal(pageOf('/en/'), '/')
})

test('the first segment says the language, and everything else is German', () => {
  assert.equal(localeOfSegment('leichte-sprache'), 'de-simple')
  assert.equal(localeOfSegment('en'), 'en')
  for (const segment of [undefined, '', 'anmelden', 'fr', 'toString']) {
    assert.equal(localeOfSegment(segment), 'de')
  }
})
