// What lands on the portal's machine: `npm ci --omit=dev -w apps/portal` installs nothing that only the office needs.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ROOT, repositoryFiles, textOf } from './sources.ts'

const copy = await mkdtemp(join(tmpdir(), 'ep-portal-install-'))
after(() => rm(copy, { recursive: true, force: true }))

type Manifest = { readonly name: string; readonly dependencies?: Readonly<Record<string, string>> }

const manifestOf = (workspace: string) =>
  JSON.parse(textOf(`${workspace}/package.json`)) as Manifest

/** Packages of other workspaces that the portal does not name itself. */
function foreign(): readonly string[] {
  const own = Object.keys(manifestOf('apps/portal').dependencies ?? {})
  const shared = ['platform', 'wire', 'vault', 'domain'].flatMap((name) =>
    Object.keys(manifestOf(`packages/${name}`).dependencies ?? {}),
  )
  const office = Object.keys(manifestOf('apps/office').dependencies ?? {})
  return office.filter((name) => !own.includes(name) && !shared.includes(name))
}

test('the portal installs nothing of the office, of the web apps or of the tests', async () => {
  const needed = repositoryFiles().filter((name) =>
    /(^|\/)(package(-lock)?\.json|\.npmrc)$/.test(name),
  )
  for (const name of needed) await cp(join(ROOT, name), join(copy, name), { recursive: true })
  const args = ['ci', '--omit=dev', '-w', 'apps/portal', '--prefer-offline', '--ignore-scripts']
  const npm = process.env['npm_execpath']
  const env = { ...process.env, npm_config_loglevel: 'error' }
  const { status, stderr } =
    npm === undefined
      ? spawnSync('npm', args, { cwd: copy, env, encoding: 'utf8' })
      : spawnSync(process.execPath, [npm, ...args], { cwd: copy, env, encoding: 'utf8' })
  assert.equal(status, 0, stderr)

  const modules = join(copy, 'node_modules')
  const installed = (name: string) => existsSync(join(modules, name))
  assert.ok(installed('fastify') && installed('@serenity-kit/opaque'))
  assert.ok(foreign().length > 5)
  assert.deepEqual(foreign().filter(installed), [])
  assert.deepEqual(['typescript', 'vite', 'svelte', '@playwright/test'].filter(installed), [])
  const own = await readdir(join(modules, '@einmal-pin'))
  assert.deepEqual(own.sort(), ['domain', 'platform', 'portal', 'vault', 'wire'])
})
