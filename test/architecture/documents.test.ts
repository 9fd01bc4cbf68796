// The documents that speak for the product stay complete: each promise with its test, each decision in the index.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { repositoryFiles, textOf } from './sources.ts'

const PROMISES = 9

test('the index of decisions names every record', () => {
  const index = textOf('docs/adr/0000-index.md')
  const records = repositoryFiles().filter((name) => /^docs\/adr\/(?!0000).*\.md$/.test(name))
  const missing = records.filter((name) => !index.includes(`(${name.slice('docs/adr/'.length)})`))
  assert.deepEqual(missing, [])
})

test('every promise of ARCHITECTURE.md is linked to its test or stands under "Not yet"', () => {
  const [kept = '', notYet = ''] = textOf('ARCHITECTURE.md').split('\n## Not yet')
  const promises = [...kept.matchAll(/^(\d+)\. .*(?:\n {3}.*)*/gm)]
  for (const [text, number] of promises) {
    assert.match(text, /\]\([^)]+\.(test|spec)\.ts\)/, `promise ${number} has no test`)
  }
  const named = [
    ...promises.map(([, number]) => Number(number)),
    ...[...notYet.matchAll(/Promise (\d+)/g)].map(([, number]) => Number(number)),
  ]
  assert.deepEqual(
    [...new Set(named)].sort((a, b) => a - b),
    Array.from({ length: PROMISES }, (_, index) => index + 1),
  )
})
