// Builds the two static web apps, each only when something that it is made of changed.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DataDirInUse, lockDataDir } from '@einmal-pin/platform/data-dir-lock'
import { toHex } from '@einmal-pin/vault/base64url'
import { digestFile, newStreamDigest } from '@einmal-pin/vault/digest-node'
import { CACHE, ROOT } from '../paths.ts'

export const WEB_APPS = ['citizen', 'clerk'] as const
export type WebApp = (typeof WEB_APPS)[number]

/** Made by the build itself or no part of it; what begins with a dot is left out too. */
const OUTPUTS = new Set(['build', 'node_modules', 'paraglide', 'cache', 'README.md'])
const isInput = (name: string) => !OUTPUTS.has(name) && !name.startsWith('.')
const SHARED_INPUTS = [
  'package-lock.json',
  'config',
  'packages/forms',
  ...['domain', 'vault', 'wire'].map((name) => `packages/${name}/src`),
]

/** Set by the test run once it has built: what a test starts must not build again under the feet of another. */
export const ALREADY_BUILT = 'EP_WEB_APPS_BUILT'

/** Builds what changed; prints a line for each app that is built. Throws when a build fails, with the path of its log. */
export async function buildWebApps(print: (line: string) => void): Promise<void> {
  if (process.env[ALREADY_BUILT] === '1') return
  const lock = await waitForLock()
  try {
    await Promise.all(WEB_APPS.map((app) => buildIfChanged(app, print)))
  } finally {
    await lock.release()
  }
}

/** Two builds into one folder would disturb each other, for example `npm start` beside `npm test`. */
async function waitForLock() {
  for (;;) {
    try {
      return await lockDataDir(CACHE)
    } catch (error) {
      if (!(error instanceof DataDirInUse)) throw error
      await sleep(200)
    }
  }
}

async function buildIfChanged(app: WebApp, print: (line: string) => void): Promise<void> {
  const folder = join(ROOT, 'apps', app)
  if (!existsSync(join(folder, 'vite.config.ts'))) {
    print(`apps/${app} has no vite.config.ts yet and is left out`)
    return
  }
  const inputs = await digestInputs([...SHARED_INPUTS, `apps/${app}`])
  const stamp = join(CACHE, `${app}.inputs`)
  const built = await readFile(stamp, 'utf8').catch(() => '')
  if (built === inputs && existsSync(join(folder, 'build', 'index.html'))) return
  print(`Building apps/${app} ...`)
  const begun = performance.now()
  await runVite(app, folder)
  await writeFile(stamp, inputs)
  print(`Built apps/${app} in ${((performance.now() - begun) / 1000).toFixed(1)} s`)
}

async function runVite(app: WebApp, folder: string): Promise<void> {
  const logPath = join(CACHE, `${app}.log`)
  await mkdir(CACHE, { recursive: true })
  const log = await open(logPath, 'w')
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')
  const stdio = ['ignore', log.fd, log.fd] as const
  const child = spawn(process.execPath, [vite, 'build'], { cwd: folder, stdio: [...stdio] })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('exit', resolve)
  })
  await log.close()
  if (code === 0) return
  const tail = (await readFile(logPath, 'utf8')).trim().split('\n').slice(-25).join('\n')
  throw new Error(`apps/${app} could not be built:\n${tail}`)
}

/** One digest over the paths and contents of every file below `inputs`. */
async function digestInputs(inputs: readonly string[]): Promise<string> {
  const digest = newStreamDigest()
  for (const input of inputs) {
    for (const path of await filesBelow(join(ROOT, input))) {
      const { sha256 } = await digestFile(path)
      digest.update(Buffer.from(`${relative(ROOT, path)}\0${toHex(sha256)}\n`))
    }
  }
  return toHex(digest.digest())
}

async function filesBelow(path: string): Promise<readonly string[]> {
  if (!existsSync(path)) return []
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined)
  if (entries === undefined) return [path]
  const nested = entries
    .filter(({ name }) => isInput(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => {
      const below = join(path, entry.name)
      return entry.isDirectory() ? filesBelow(below) : [below]
    })
  return (await Promise.all(nested)).flat()
}
