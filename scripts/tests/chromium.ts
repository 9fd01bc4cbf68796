// Finds a Chromium for the browser tests, or gets one: a system browser, Debian's package when root, else Playwright's download.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'
import { ROOT } from '../paths.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/** The path of an installed browser: `EP_CHROMIUM`, one on PATH, or Playwright's own. */
export function findChromium(): string | undefined {
  const named = process.env['EP_CHROMIUM']
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [named ?? '', ...onPath, chromium.executablePath()].find(
    (path) => path !== '' && existsSync(path),
  )
}

/** Installs one when there is none. Throws when that fails too. */
export function ensureChromium(print: (line: string) => void): string {
  const found = findChromium()
  if (found !== undefined) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    print('No browser found: installing the package chromium ...')
    run('apt-get', ['update', '-q'])
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'])
  }
  const installed = findChromium()
  if (installed !== undefined) return installed
  print('No browser found: letting Playwright download Chromium ...')
  const cli = join(ROOT, 'node_modules', '@playwright', 'test', 'cli.js')
  run(process.execPath, [cli, 'install', '--with-deps', 'chromium'])
  run(process.execPath, [cli, 'install', 'chromium'])
  const downloaded = findChromium()
  if (downloaded === undefined) throw new Error('no Chromium for the browser tests: install one')
  return downloaded
}

/** A step that fails is followed by the next way to get a browser. */
function run(file: string, args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync(file, [...args], { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] })
}
