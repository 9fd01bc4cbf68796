// Vite: `virtual:brand.css` and /favicon.svg from the insurer's brand file; a look that cannot be read fails the build.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Look, lookCss, lookProblems, markSvg } from '@einmal-pin/domain/look'
import type { Plugin } from 'vite'

const MODULE = 'virtual:brand.css'
/** A path as a file would have it: Vite knows styles by their ending. */
const RESOLVED = fileURLToPath(new URL('brand.generated.css', import.meta.url))
const FILE = process.env['EP_BRAND_FILE'] ?? fileURLToPath(new URL('brand.json', import.meta.url))

function read(): Look {
  const value: unknown = JSON.parse(readFileSync(FILE, 'utf8'))
  const problems = lookProblems(value)
  if (problems.length > 0) throw new Error(`${FILE}:\n${problems.join('\n')}`)
  return value as Look
}

export function brandPlugin(): Plugin {
  const brand = read()
  return {
    name: 'brand',
    resolveId: (id) => (id === MODULE ? RESOLVED : null),
    load: (id) => (id === RESOLVED ? lookCss(brand) : null),
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'favicon.svg', source: markSvg(brand) })
    },
  }
}
