// Vite plugin: OPAQUE's WASM as a file of its own instead of base64 inside the JavaScript.
import { Buffer } from 'node:buffer'
import type { Plugin } from 'vite'

const MODULE = /[\\/]@serenity-kit[\\/]opaque[\\/]esm[\\/]index\.js$/
const EMBEDDED = /'(AGFzbQ[A-Za-z0-9+/]+={0,2})'/
const LOADER = /^function _loadWasmModule[\s\S]*?function wasmData\(imports\)\{return [^\n]*\n/m
const CALL = 'module_or_path: wasmData()'

/** The package's module taken apart; undefined when it is not written as this plugin knows it. */
export const extractWasm = (code: string): { wasm: Uint8Array; rest: string } | undefined => {
  const base64 = EMBEDDED.exec(code)?.[1]
  if (base64 === undefined || !LOADER.test(code) || !code.includes(CALL)) return undefined
  return { wasm: Buffer.from(base64, 'base64'), rest: code.replace(LOADER, '') }
}

/** The same module fetching its WASM; `url` is a JavaScript expression. */
export const fetchingModule = (rest: string, url: string): string =>
  rest.replace(CALL, `module_or_path: fetch(${url})`)

/**
 * List it under `plugins` and under `worker.plugins`. It saves about a third of the bytes (base64 does not
 * compress well) and lets the browser compile while it downloads: the server must answer with
 * `application/wasm`. Only in builds for the browser; the development server keeps the package as it
 * is. The build fails when a new version of the package is written differently.
 */
export const opaqueWasm = (): Plugin => ({
  name: 'einmal-pin:opaque-wasm',
  apply: 'build',
  transform(code, id, options) {
    if (options?.ssr === true || !MODULE.test(id.split('?')[0] ?? '')) return null
    const parts = extractWasm(code)
    if (parts === undefined) return this.error('opaque-wasm: the package is written differently')
    const reference = this.emitFile({ type: 'asset', name: 'opaque.wasm', source: parts.wasm })
    const url = `import.meta.ROLLUP_FILE_URL_${reference}`
    return { code: fetchingModule(parts.rest, url), map: null }
  },
})
