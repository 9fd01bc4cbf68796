// Ids of inputs are valid in fragments and selectors, and different paths stay apart.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldId } from './field-id.ts'

test('paths of items and parts become ids without slashes and dots', () => {
  assert.equal(fieldId('angehoerige/k1/anschrift.plz'), 'f-angehoerige-k1-anschrift-plz')
  assert.match(fieldId('a/b.c'), /^[A-Za-z][A-Za-z0-9_-]*$/)
})
