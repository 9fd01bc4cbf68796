// Starts every npm script on whatever Node is at hand: installs when the lockfile changed, then runs the script under Node 24.
// Built-in modules of Node 20 only, for nothing may be installed yet.
import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const lockfile = join(root, 'package-lock.json')
const stamp = join(root, 'node_modules', '.einmal-pin-lock.json')
const PARENT_POLL_MILLISECONDS = 300

const SCRIPTS = {
  start: ['start.ts'],
  test: ['test.ts'],
  'test:full': ['test.ts', '--full'],
  check: ['check.ts'],
  bench: ['bench.ts'],
  build: ['build.ts'],
}

const [command = '', ...rest] = process.argv.slice(2)
const script = SCRIPTS[command]
if (script === undefined) {
  console.error(`Use one of: ${Object.keys(SCRIPTS).join(', ')}`)
  process.exit(2)
}
if (!isInstalled()) install()
run(findNode(), [join(root, 'scripts', script[0]), ...script.slice(1), ...rest])

/** True when node_modules is what the lockfile asks for: by our stamp, else by npm's own record of what it put there. */
function isInstalled() {
  const wanted = readFileSync(lockfile, 'utf8')
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === wanted
  const record = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const there = JSON.parse(readFileSync(record, 'utf8')).packages
  const packages = Object.entries(JSON.parse(wanted).packages)
  return packages.every(
    ([path, { version, optional }]) =>
      !path.includes('node_modules/') || optional || there[path]?.version === version,
  )
}

function install() {
  console.log('einmal-pin: installing packages ...')
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }
  const result =
    npm && /npm-cli\.[cm]?js$/.test(npm)
      ? spawnSync(process.execPath, [npm, ...args], options)
      : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
  if (result.status !== 0) {
    console.error('einmal-pin: the packages could not be installed, see above')
    process.exit(result.status ?? 1)
  }
  copyFileSync(lockfile, stamp)
}

function findNode() {
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  const packaged = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', file)
  if (existsSync(packaged)) return packaged
  console.error(
    `einmal-pin needs Node 24 or newer; this is ${process.version}, and npm ships none for ${platform}-${process.arch}`,
  )
  process.exit(1)
}

function run(node, args) {
  const PATH = `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`
  const env = { ...process.env, PATH, EP_STOP_WITH_PARENT: '1' }
  const child = spawn(node, args, { cwd: root, env, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // A killed npm takes only its shell along: without this look at the parent the servers would live on.
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM')
  }, PARENT_POLL_MILLISECONDS).unref()
  child.on('error', (error) => {
    console.error(`einmal-pin: ${node} does not start: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}
