// Builds the clerk's app: static pages that talk to the office's API.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import adapter from '@sveltejs/adapter-static'
import { sveltekit } from '@sveltejs/kit/vite'
import { defineConfig, type Plugin } from 'vite'
import { brandPlugin } from '../../config/brand-plugin.ts'

const TENANT_MODULE = 'virtual:tenant'

/** Only the insurer's name is needed here; it stands in the page's head line. */
function tenantPlugin(): Plugin {
  const file =
    process.env['EP_TENANT_FILE'] ??
    fileURLToPath(new URL('../../config/tenant.json', import.meta.url))
  return {
    name: 'tenant',
    resolveId: (id) => (id === TENANT_MODULE ? `\0${TENANT_MODULE}` : null),
    load: (id) => {
      if (id !== `\0${TENANT_MODULE}`) return null
      const { name } = JSON.parse(readFileSync(file, 'utf8'))
      return `export const tenant = ${JSON.stringify({ name })}`
    },
  }
}

export default defineConfig({
  plugins: [
    brandPlugin(),
    tenantPlugin(),
    sveltekit({
      adapter: adapter({ precompress: true, strict: true }),
      csp: { mode: 'hash', directives: { 'script-src': ['self'] } },
      version: { name: 'static', pollInterval: 0 },
      compilerOptions: { runes: true },
      paths: { relative: false },
    }),
  ],
  css: { preprocessorOptions: { scss: { quietDeps: true, loadPaths: ['../../node_modules'] } } },
  build: { assetsInlineLimit: 0, target: 'es2022' },
})
