// Canonical JSON: the bytes a form is known by.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalJson, formIdentity } from './identity.ts'
import { TINY } from './tiny-form.fixture.ts'

test('key order does not change the identity, one word does', () => {
  const { id, version, ...rest } = TINY
  assert.deepEqual(formIdentity({ ...rest, version, id }), formIdentity(TINY))
  assert.notDeepEqual(formIdentity({ ...TINY, title: { de: 'Anders' } }), formIdentity(TINY))
})

test('the bytes are UTF-8 and read back as the same value', () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: 'binary' }), (text) => {
      const value: unknown = JSON.parse(text)
      assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)))
    }),
  )
  const bytes = formIdentity({ ...TINY, title: { de: 'Größe 😀 %41' } })
  const text = Buffer.from(bytes).toString('utf8')
  assert.equal(JSON.parse(text).title.de, 'Größe 😀 %41')
})
