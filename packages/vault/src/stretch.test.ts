// The same stretched PIN from the native and the WASM implementation.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KVNR } from '../test/fixture.ts'
import vectors from '../vectors/stretch.json' with { type: 'json' }
import { fromUtf8 } from './bytes.ts'
import { STRETCH, stretchInput, stretchPin } from './stretch.ts'
import { argon2idWasm } from './stretch-browser.ts'
import { argon2idNative } from './stretch-node.ts'

const pin = { kvnr: KVNR, selector: vectors.selector, secretDigits: vectors.secretDigits }

test('parameters and input are those of the vectors', () => {
  assert.deepEqual(STRETCH, vectors.parameters)
  assert.equal(fromUtf8(stretchInput(KVNR, vectors.secretDigits)), vectors.input)
})

test('office and browser stretch to identical bytes', async () => {
  assert.equal(await stretchPin(argon2idNative, pin), vectors.password)
  assert.equal(await stretchPin(argon2idWasm, pin), vectors.password)
})

test('one other digit or selector gives another password', async () => {
  const other = await stretchPin(argon2idNative, { ...pin, secretDigits: '1108154711082' })
  const selector = await stretchPin(argon2idNative, { ...pin, selector: '48' })
  assert.equal(new Set([vectors.password, other, selector]).size, 3)
})
