// The pages that were made at build time, as addresses: whoever adds a page has it tested.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../harness/installation.ts'

export const PREFIXES = {
  Deutsch: '',
  'Leichte Sprache': '/leichte-sprache',
  English: '/en',
} as const

/** What only the portal or an open case shows. */
const NOT_PUBLIC = /^\/(vorschau|vorgang|404)/

const folderOf = (app: 'citizen' | 'clerk') => join(root, 'apps', app, 'build')

/** Every built HTML file of an app with its text, by its path in the build folder. */
export function builtFiles(app: 'citizen' | 'clerk'): readonly (readonly [string, string])[] {
  return globSync('**/*.html', { cwd: folderOf(app) })
    .sort()
    .map((name) => [name, readFileSync(join(folderOf(app), name), 'utf8')] as const)
}

/** Addresses of the public pages in one language, the information page first. */
export function publicPages(prefix: string): readonly string[] {
  const paths = builtFiles('citizen').map(([name]) => `/${name.replace(/(index)?\.html$/, '')}`)
  const others = Object.values(PREFIXES).filter((other) => other !== '')
  const mine = paths.filter((path) =>
    prefix === ''
      ? !others.some((other) => path === other || path.startsWith(`${other}/`))
      : path === prefix || path.startsWith(`${prefix}/`),
  )
  return mine.filter((path) => !NOT_PUBLIC.test(path.slice(prefix.length)))
}
