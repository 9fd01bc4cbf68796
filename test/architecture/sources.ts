// Reads the repository for the architecture tests: which files there are and what each imports.
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

export const ROOT = join(import.meta.dirname, '../..')

const GENERATED =
  /(^|\/)(node_modules|\.git|build|\.svelte-kit|var|test-results|playwright-report|paraglide|cache)(\/|$)/

/** Every file that belongs to the repository: what git knows or would add; without git (an archive) everything but generated folders. */
export function repositoryFiles(): readonly string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const { status, stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' })
  const names =
    status === 0
      ? stdout.split('\0')
      : globSync('{*,.*,**/*}', {
          cwd: ROOT,
          exclude: (name) => GENERATED.test(String(name)),
        })
  return names.filter((name) => name !== '' && !GENERATED.test(name) && isFile(name)).sort()
}

const isFile = (name: string) => {
  const path = join(ROOT, name)
  return existsSync(path) && !path.endsWith('/') && readText(name) !== undefined
}

/** Undefined for a folder. */
function readText(name: string): string | undefined {
  try {
    return readFileSync(join(ROOT, name), 'utf8')
  } catch {
    return undefined
  }
}

export const textOf = (name: string): string => readText(name) ?? ''

export const isTest = (name: string): boolean =>
  /\.(test|spec|e2e|bench|contract)\.ts$/.test(name) || name.startsWith('test/')

/** TypeScript and Svelte sources. */
export const sources = (): readonly string[] =>
  repositoryFiles().filter((name) => /\.(ts|mts|mjs|js|svelte)$/.test(name))

const IMPORT =
  /(?:^|[\s;])(?:import|export)\s(?:[^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g
const URL_OF_CODE = /\bnew URL\(\s*['"](\.[^'"]+\.[jt]s)['"]/g

const codeOf = (name: string) => textOf(name).replace(/^\s*(\/\/|\*|\/\*).*$/gm, '')

/** The specifiers that a file imports, type-only ones included: types cross borders as easily as code. */
export const importsOf = (name: string): readonly string[] =>
  [...codeOf(name).matchAll(IMPORT)].flatMap((match) => match[1] ?? match[2] ?? [])

/** Code that a file starts by its URL, such as a worker. */
const workersOf = (name: string): readonly string[] =>
  [...codeOf(name).matchAll(URL_OF_CODE)].flatMap((match) => match[1] ?? [])

/** `packages/vault` for `packages/vault/src/x.ts`; the first folder for everything else. */
export function workspaceOf(name: string): string {
  const [first = '', second = ''] = name.split('/')
  return first === 'packages' || first === 'apps' ? `${first}/${second}` : first
}

/** The repository file that a specifier of `from` means; undefined for packages from outside. */
export function targetOf(from: string, specifier: string): string | undefined {
  const own = /^@einmal-pin\/([a-z-]+)\/(.+)$/.exec(specifier)
  if (own !== null) return `packages/${own[1]}/src/${own[2]}.ts`
  if (!specifier.startsWith('.')) return undefined
  return relative(ROOT, resolve(ROOT, dirname(from), specifier.replace(/\?.*$/, '')))
}

/** Every file that `entries` reach through imports and workers, themselves included. */
export function reachable(entries: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>()
  const waiting = [...entries]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue
    seen.add(name)
    for (const specifier of [...importsOf(name), ...workersOf(name)]) {
      const target = targetOf(name, specifier)
      if (target !== undefined) waiting.push(target)
    }
  }
  return seen
}
