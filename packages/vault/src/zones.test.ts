// The table of zones is complete and holds through every import.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { forbiddenIn, MODULE_ZONES, type Zone } from './zones.ts'

const folder = new URL('./', import.meta.url)
const modules = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => name.replace(/\.ts$/, ''))

const sourceOf = (name: string): string => readFileSync(new URL(`${name}.ts`, folder), 'utf8')

/** Modules of the vault that are there at run time: `import type` does not count. */
const importsOf = (name: string): string[] =>
  [...sourceOf(name).matchAll(/^(?:import|export) (?!type )[^'"]*?['"]\.\/([\w-]+)\.ts['"]/gm)].map(
    ([, imported]) => imported ?? '',
  )

const zonesOf = (name: string): readonly Zone[] =>
  Object.entries<readonly Zone[]>(MODULE_ZONES).find(([key]) => key === name)?.[1] ?? []

test('every module stands in the table and every entry is a module', () => {
  assert.deepEqual(Object.keys(MODULE_ZONES).toSorted(), modules.toSorted())
})

test('a module imports only what may be wherever the module itself may be', () => {
  for (const name of modules) {
    for (const imported of importsOf(name)) {
      const missing = zonesOf(name).filter((zone) => !zonesOf(imported).includes(zone))
      assert.deepEqual(missing, [], `${name} imports ${imported}`)
    }
  }
})

test('only files named so use Node, and the browser uses none of them', () => {
  for (const name of modules) {
    const usesNode = /from '(node:|@node-rs\/)/.test(sourceOf(name))
    if (usesNode) assert.ok(name.endsWith('-node'), name)
    if (name.endsWith('-node')) assert.equal(zonesOf(name).includes('browser'), false)
  }
})

test('the portal opens, issues and wraps nothing', () => {
  const forbidden = forbiddenIn('portal')
  const privateHalves = [
    ...['opaque-issue', 'opaque-client', 'case-secret', 'seal', 'wrap', 'kek', 'at-rest', 'age'],
    ...['submission-opening', 'pin-request-opening', 'letter-opening', 'acknowledgement-making'],
    ...['http-signing', 'bundle-signing', 'file-key-provider-node', 'stretch'],
  ]
  assert.deepEqual(
    privateHalves.filter((name) => !forbidden.includes(name)),
    [],
  )
})

test('age, OPAQUE, Argon2 and HTTP signatures are imported where the table of files says', () => {
  const importers = (library: string) =>
    modules.filter((name) => new RegExp(`from '${library}'`).test(sourceOf(name))).toSorted()
  assert.deepEqual(importers('age-encryption'), ['age'])
  assert.deepEqual(importers('@node-rs/argon2'), ['stretch-node'])
  assert.deepEqual(importers('hash-wasm'), ['stretch-browser'])
  assert.deepEqual(importers('@noble/hashes/legacy.js'), ['pdf-password'])
  assert.deepEqual(importers('http-message-sig'), ['http-signature', 'http-signing'])
  const opaque = ['opaque-client', 'opaque-issue', 'opaque-parameters', 'opaque-server']
  assert.deepEqual(importers('@serenity-kit/opaque'), opaque)
})

/** Rows of the table in vault.md, as heading -> zones. */
const HEADINGS: Readonly<Record<string, readonly Zone[]>> = {
  everywhere: ['browser', 'portal', 'office', 'print-centre'],
  'servers only': ['portal', 'office', 'print-centre'],
  'browser and office': ['browser', 'office'],
  'browser only': ['browser'],
  'portal only': ['portal'],
  'portal and office': ['portal', 'office'],
  'browser, portal and office': ['browser', 'portal', 'office'],
  'office only': ['office'],
  'office and print centre': ['office', 'print-centre'],
  'print centre only': ['print-centre'],
  'browser, office and print centre': ['browser', 'office', 'print-centre'],
}

test('vault.md lists the same modules in the same zones', () => {
  const text = readFileSync(new URL('../vault.md', import.meta.url), 'utf8')
  const [, table = ''] = text.split('## 14 ')
  const listed = Object.entries(HEADINGS).flatMap(([heading, zones]) => {
    const row = table.split('\n').find((line) => line.split('|')[1]?.trim() === heading) ?? ''
    return [...row.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => [name, zones] as const)
  })
  assert.deepEqual(Object.fromEntries(listed), MODULE_ZONES)
})

test('vault.md names every error code that the sources throw', () => {
  const text = readFileSync(new URL('../vault.md', import.meta.url), 'utf8')
  const codes = modules.flatMap((name) =>
    [...sourceOf(name).matchAll(/'((?:[a-z]+|secretFile|atRest)\.[a-zA-Z0-9]+)'/g)].map(
      ([, code = '']) => code,
    ),
  )
  const short = (code: string) => `\`.${code.split('.')[1]}\``
  const unnamed = codes.filter(
    (code) => !text.includes(`\`${code}\``) && !text.includes(short(code)),
  )
  assert.deepEqual([...new Set(unnamed)], ['answers.json'])
})
