// Who may import whom: the trust zones as rules over every import of the repository.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forbiddenIn, MODULE_ZONES, type Zone } from '@einmal-pin/vault/zones'
import { importsOf, isTest, reachable, sources, targetOf, textOf, workspaceOf } from './sources.ts'

/** Workspace -> workspaces that its code (not its tests) may import, itself aside (design.md 3). */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'packages/domain': [],
  'packages/vault': ['packages/domain'],
  'packages/wire': ['packages/domain'],
  'packages/forms': ['packages/domain'],
  'packages/platform': ['packages/domain', 'packages/vault', 'packages/wire'],
  'apps/portal': ['packages/domain', 'packages/vault', 'packages/wire', 'packages/platform'],
  'apps/citizen': ['packages/domain', 'packages/vault', 'packages/wire', 'config'],
  'apps/office': [
    'packages/domain',
    'packages/vault',
    'packages/wire',
    'packages/forms',
    'packages/platform',
  ],
  'apps/clerk': ['packages/domain', 'packages/wire', 'config'],
  'apps/print-centre': ['packages/domain', 'packages/vault', 'packages/wire', 'packages/platform'],
}

const all = sources()
const shipped = all.filter((name) => !isTest(name) && !/\/(testing|test)(\/|\.ts)/.test(name))

for (const [workspace, allowed] of Object.entries(ALLOWED)) {
  test(`${workspace} imports only ${allowed.join(', ') || 'itself'}`, () => {
    const strays = shipped
      .filter((name) => workspaceOf(name) === workspace)
      .flatMap((name) =>
        importsOf(name).flatMap((specifier) => {
          const target = targetOf(name, specifier)
          const to = target === undefined ? workspace : workspaceOf(target)
          return to === workspace || allowed.includes(to) ? [] : [`${name} -> ${specifier}`]
        }),
      )
    assert.deepEqual(strays, [])
  })
}

test('no app imports another app, not even in its tests', () => {
  const strays = all
    .filter((name) => name.startsWith('apps/'))
    .flatMap((name) =>
      importsOf(name).flatMap((specifier) => {
        const target = targetOf(name, specifier)
        const foreign = target?.startsWith('apps/') && workspaceOf(target) !== workspaceOf(name)
        return foreign ? [`${name} -> ${specifier}`] : []
      }),
    )
  assert.deepEqual(strays, [])
})

test('the domain imports nothing but itself', () => {
  const strays = shipped
    .filter((name) => name.startsWith('packages/domain/'))
    .flatMap((name) =>
      importsOf(name)
        .filter((specifier) => !specifier.startsWith('.'))
        .map((specifier) => `${name} -> ${specifier}`),
    )
  assert.deepEqual(strays, [])
})

const CRYPTO_PACKAGES =
  /^(node:crypto|crypto|node:tls|age-encryption|@serenity-kit\/.+|hash-wasm|@node-rs\/argon2|http-message-sig|@scure\/.+|@noble\/.+)$/
const CRYPTO_GLOBALS = /\b(?:crypto|webcrypto)\.(?:subtle|getRandomValues|randomUUID|randomBytes)\b/

test('only the vault touches cryptography', () => {
  const outside = shipped.filter((name) => !name.startsWith('packages/vault/'))
  const imports = outside.filter((name) =>
    importsOf(name).some((specifier) => CRYPTO_PACKAGES.test(specifier)),
  )
  const globals = outside.filter((name) => CRYPTO_GLOBALS.test(textOf(name)))
  assert.deepEqual({ imports, globals }, { imports: [], globals: [] })
})

const ZONE_OF_APP: Readonly<Record<string, Zone>> = {
  'apps/portal': 'portal',
  'apps/citizen': 'browser',
  'apps/clerk': 'browser',
  'apps/office': 'office',
  'apps/print-centre': 'print-centre',
}

for (const [app, zone] of Object.entries(ZONE_OF_APP)) {
  test(`${app} reaches no part of the vault that is closed to the zone ${zone}`, () => {
    const entries = shipped.filter((name) => workspaceOf(name) === app)
    const reached = reachable(entries)
    const closed = forbiddenIn(zone).filter((name) => reached.has(`packages/vault/src/${name}.ts`))
    assert.deepEqual(closed, [])
  })
}

test('every module of the vault has its zones, and the table names no other', () => {
  const modules = shipped.flatMap(
    (name) => /^packages\/vault\/src\/([^/]+)\.ts$/.exec(name)?.[1] ?? [],
  )
  assert.deepEqual(Object.keys(MODULE_ZONES).sort(), [...modules].sort())
})

test('only the courier dials out of the office, and the portal dials nobody', () => {
  const dials = /\bfetch\(|from 'node:https?'|from 'node:net'|from 'undici'/
  const callers = shipped.filter(
    (name) => /^apps\/(portal|office|print-centre)\//.test(name) && dials.test(textOf(name)),
  )
  // A pipe between two children of the office, which no address can reach.
  const pipes =
    /^apps\/office\/src\/(letter-check\/check-child|letters\/(letter-pair|pass-on))\.ts$/
  const strays = callers.filter(
    (name) => !/^apps\/office\/src\/(courier|cli)\//.test(name) && !pipes.test(name),
  )
  assert.deepEqual(strays, [])
})

test('the letter check shares no file of the office with the program that sets letters', () => {
  const ofOffice = (entry: string) =>
    [...reachable([entry])].filter((name) => name.startsWith('apps/office/'))
  const renderer = ofOffice('apps/office/src/letters/render-letter.ts')
  const check = ofOffice('apps/office/src/letter-check/check-child.ts')
  assert.ok(renderer.length > 5 && check.length > 5)
  assert.deepEqual(
    check.filter((name) => renderer.includes(name)),
    [],
  )
})
