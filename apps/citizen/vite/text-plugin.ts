// `virtual:texts/<page>`: a public page's texts, so that only what a page uses lands in its bundle.
import { readFileSync } from 'node:fs'
import type { TenantSettings } from '@einmal-pin/domain/tenant'
import type { Plugin } from 'vite'
import { readPageTexts } from './page-texts.ts'

const PREFIX = 'virtual:texts/'

export function textPlugin(folder: string, tenantFile: string): Plugin {
  return {
    name: 'page-texts',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return null
      const tenant: TenantSettings = JSON.parse(readFileSync(tenantFile, 'utf8'))
      const texts = readPageTexts(folder, id.slice(PREFIX.length + 1), tenant)
      return `export const texts = ${JSON.stringify(texts)}`
    },
  }
}
