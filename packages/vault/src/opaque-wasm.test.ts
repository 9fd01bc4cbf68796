// The Vite plugin still understands the package that is installed.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { plain } from '../src/bytes.ts'
import { extractWasm, fetchingModule } from '../vite/opaque-wasm.ts'

const commonJs = createRequire(import.meta.url).resolve('@serenity-kit/opaque')
const code = readFileSync(join(commonJs, '../../esm/index.js'), 'utf8')

test('the embedded WASM is found whole, and nothing of it stays in the code', () => {
  const parts = extractWasm(code)
  assert.ok(parts)
  assert.equal(WebAssembly.validate(plain(parts.wasm)), true)
  assert.ok(parts.rest.length < 40_000)
  assert.equal(/AGFzbQ|_loadWasmModule|atob/.test(parts.rest), false)
})

test('the module fetches its WASM from the given URL', () => {
  const parts = extractWasm(code)
  assert.ok(parts)
  assert.match(
    fetchingModule(parts.rest, '"/x.wasm"'),
    /__wbg_init\(\{ module_or_path: fetch\("\/x.wasm"\) \}\)/,
  )
})

test('a package written differently is noticed', () => {
  assert.equal(extractWasm(''), undefined)
  assert.equal(extractWasm(code.replaceAll('wasmData', 'wasmBytes')), undefined)
})
