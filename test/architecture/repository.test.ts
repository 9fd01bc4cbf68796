// The hygiene of the repository: what may stand in its files, and what must.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTest, repositoryFiles, sources, textOf } from './sources.ts'

const files = repositoryFiles()
const code = sources()
const texts = files.filter((name) =>
  /(\.(ts|mjs|js|json|svelte|md|css|scss|html|typ|csv|yml|yaml|conf|service|svg|grit)|\/[^.]+)$/.test(
    name,
  ),
)

/** Files in which `pattern` occurs, with the line. */
function occurrences(names: readonly string[], pattern: RegExp): readonly string[] {
  return names.flatMap((name) =>
    textOf(name)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${name}:${index + 1}`] : [])),
  )
}

test('no file names a registry host or the path of a machine', () => {
  // Pieced together, for this file must not contain what it looks for.
  const hosts = ['registry', 'npmjs'].join('\\.')
  const homes = ['/(?:root', 'home/[a-z]+', 'Users/[a-zA-Z]+', 'work/[a-z]+)/'].join('|')
  assert.deepEqual(occurrences(texts, new RegExp(`${hosts}|"resolved": *"http`)), [])
  assert.deepEqual(occurrences(texts, new RegExp(`(?<![\\w.$}])(?:${homes})`)), [])
})

type Manifest = Readonly<Record<string, Readonly<Record<string, string>>>>

test('every dependency is pinned to one exact version', () => {
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies']
  const loose = files
    .filter((name) => name.endsWith('package.json'))
    .flatMap((name) => {
      const manifest = JSON.parse(textOf(name)) as Manifest
      return kinds.flatMap((kind) =>
        Object.entries(manifest[kind] ?? {})
          .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
          .map(([dependency, version]) => `${name}: ${dependency} ${version}`),
      )
    })
  assert.deepEqual(loose, [])
})

test('the lockfile carries the integrity of everything that comes from outside', () => {
  const { packages } = JSON.parse(textOf('package-lock.json')) as {
    packages: Record<string, { integrity?: string; link?: boolean; optional?: boolean }>
  }
  const bare = Object.entries(packages)
    .filter(([path, entry]) => path.includes('node_modules/') && entry.link !== true)
    .filter(([, entry]) => entry.integrity === undefined && entry.optional !== true)
    .map(([path]) => path)
  assert.deepEqual(bare, [])
})

test('every source opens with a sentence of purpose', () => {
  const silent = code.filter((name) => {
    const [first = '', second = ''] = textOf(name).split('\n')
    const opening = first.startsWith('#!') || first.startsWith('<script') ? second : first
    return !/^\s*(\/\/|\/\*\*?|<!--) ?\S/.test(opening) && !/^<!--/.test(first)
  })
  assert.deepEqual(silent, [])
})

test('no code file is longer than 400 lines', () => {
  const long = code.filter(
    (name) => !/\/(texts|messages|vectors)\//.test(name) && textOf(name).split('\n').length > 401,
  )
  assert.deepEqual(long, [])
})

test('nothing is left for later, nothing is silenced', () => {
  const own = code.filter((name) => name !== 'test/architecture/repository.test.ts')
  assert.deepEqual(
    occurrences(
      own,
      /\b(TODO|FIXME|XXX)\b|@ts-(ignore|nocheck|expect-error)|: any[,;)>=]|: any =|as any\b/,
    ),
    [],
  )
})

test('every cited note exists, once', () => {
  const defined = new Map<string, number>()
  const cited = new Map<string, string>()
  for (const name of [...code, ...files.filter((file) => file.endsWith('.md'))]) {
    if (name.startsWith('test/architecture/')) continue
    for (const line of textOf(name).split('\n')) {
      for (const [whole, title = ''] of line.matchAll(/\[Note: ([^\]]+)\]/g)) {
        const opens = new RegExp(`^\\s*(//|\\*|#+)\\s*\\${whole}`).test(line)
        if (opens) defined.set(title, (defined.get(title) ?? 0) + 1)
        else cited.set(title, name)
      }
    }
  }
  const missing = [...cited].filter(([title]) => defined.get(title) !== 1)
  assert.deepEqual(missing, [])
})

test('.ci/run calls npm test and nothing else', () => {
  const commands = textOf('.ci/run')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
  assert.deepEqual(commands, ['set -eu', 'cd "$(dirname "$0")/.."', 'npm test'])
})

test('every npm command in the README exists', () => {
  const { scripts = {} } = JSON.parse(textOf('package.json')) as Manifest
  const named = [...textOf('README.md').matchAll(/(?:`|^)npm (?:run )?([a-z:]+)/gm)].flatMap(
    ([, name]) => name ?? [],
  )
  assert.deepEqual(
    named.filter((name) => scripts[name] === undefined && !['ci', 'install'].includes(name)),
    [],
  )
  assert.ok(named.includes('start') && named.includes('test'))
})

test('every link of the documents leads somewhere', () => {
  const broken = files
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) =>
      linksOf(name)
        .filter((target) => !leadsSomewhere(target))
        .map((target) => `${name} -> ${target}`),
    )
  assert.deepEqual(broken, [])
})

/** Relative links as repository paths. */
function linksOf(name: string): readonly string[] {
  const prose = textOf(name)
    .replace(/```.*?```/gs, '')
    .replace(/`[^`]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
    if (/^[a-z]+:|^#/.test(link)) return []
    const { pathname } = new URL(link, `file:///${name}`)
    return decodeURIComponent(pathname).slice(1).replace(/\/$/, '')
  })
}

const leadsSomewhere = (target: string) =>
  target === '' || files.some((name) => name === target || name.startsWith(`${target}/`))

test('docs/dependencies.md names every direct dependency and no other', () => {
  const named = new Set(
    textOf('docs/dependencies.md')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)])
      .flatMap(([, name]) => name ?? []),
  )
  const direct = new Set(
    files
      .filter((name) => name.endsWith('package.json'))
      .flatMap((name) => {
        const manifest = JSON.parse(textOf(name)) as Manifest
        const kinds = ['dependencies', 'devDependencies', 'optionalDependencies']
        return kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {}))
      })
      .filter((name) => !name.startsWith('@einmal-pin/')),
  )
  assert.deepEqual([...direct].filter((name) => !named.has(name)).sort(), [])
  assert.deepEqual([...named].filter((name) => !direct.has(name)).sort(), [])
})

test('every identifier of the glossary occurs in the code', () => {
  const identifiers = textOf('GLOSSARY.md')
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .flatMap((line) => [...(line.split('|')[2] ?? '').matchAll(/`([^`]+)`/g)])
    .flatMap(([, name]) => name ?? [])
  const everything = code
    .filter((name) => !isTest(name))
    .map(textOf)
    .join('\n')
  const absent = identifiers.filter((name) => !everything.includes(name))
  assert.deepEqual(absent, [])
})

test('styles of the citizen name start and end, never left and right, so that a language may run the other way', () => {
  const physical =
    /(?:margin|padding|border)-(?:left|right)|(?:^|[;{\s])(?:left|right)\s*:|text-align:\s*(?:left|right)|float:/m
  const styles = files.filter((name) => /^apps\/citizen\/src\/.*\.(?:css|svelte)$/.test(name))
  assert.ok(styles.length > 20)
  assert.deepEqual(
    styles.filter((name) => name.endsWith('.css') && physical.test(textOf(name))),
    [],
  )
  assert.ok(physical.test('a { padding-left: 1rem }') && physical.test('a {\n  left: 0;\n}'))
})
