// Builds the citizen's app: static pages for every language, with the insurer's settings baked in.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { paraglideVitePlugin } from '@inlang/paraglide-js'
import adapter from '@sveltejs/adapter-static'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig, type Plugin } from 'vite'
import { brandPlugin } from '../../config/brand-plugin.ts'
import { opaqueWasm } from '../../packages/vault/vite/opaque-wasm.ts'
import { filmPlugin } from './vite/film-plugin.ts'
import { formPurposePlugin } from './vite/form-purposes.ts'
import { textPlugin } from './vite/text-plugin.ts'

const TENANT_MODULE = 'virtual:tenant'
const CONFIG = fileURLToPath(new URL('../../config/', import.meta.url))
const TENANT_FILE = process.env['EP_TENANT_FILE'] ?? `${CONFIG}tenant.json`

/** The insurer's settings become a module, so that only what a page uses lands in its bundle. */
function tenantPlugin(): Plugin {
  return {
    name: 'tenant',
    resolveId: (id) => (id === TENANT_MODULE ? `\0${TENANT_MODULE}` : null),
    load: (id) =>
      id === `\0${TENANT_MODULE}`
        ? `export const tenant = ${readFileSync(TENANT_FILE, 'utf8')}`
        : null,
  }
}

/**
 * What several pages share, cut by which pages share it: a login loads nothing of a case. Below the threshold (bytes)
 * neighbours are joined, else each of eighty texts and helpers would be a file of its own and cost a phone a request.
 */
const SHARED = {
  name: 'shared',
  minShareCount: 2,
  entriesAware: true,
  entriesAwareMergeThreshold: 1_500,
}

export default defineConfig({
  plugins: [
    brandPlugin(),
    tenantPlugin(),
    textPlugin(`${CONFIG}texts`, TENANT_FILE),
    formPurposePlugin(fileURLToPath(new URL('../../packages/forms', import.meta.url))),
    filmPlugin({
      insurer: `${CONFIG}media`,
      own: fileURLToPath(new URL('./media', import.meta.url)),
    }),
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/paraglide',
      strategy: ['baseLocale'],
      isServer: 'import.meta.env.SSR',
      disableAsyncLocalStorage: true,
      emitTsDeclarations: true,
    }),
    sveltekit({
      adapter: adapter({ precompress: true, strict: true }),
      csp: { mode: 'hash', directives: { 'script-src': ['self', 'wasm-unsafe-eval'] } },
      version: { name: 'static', pollInterval: 0 },
      compilerOptions: { runes: true },
      paths: { relative: false },
    }),
  ],
  css: { preprocessorOptions: { scss: { quietDeps: true, loadPaths: ['../../node_modules'] } } },
  worker: { format: 'es', plugins: () => [tenantPlugin(), opaqueWasm()] },
  build: {
    assetsInlineLimit: 0,
    target: 'es2022',
    rolldownOptions: { output: { codeSplitting: { groups: [SHARED] } } },
  },
})
