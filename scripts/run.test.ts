// The launcher: installs exactly when the lockfile changed, hands everything over, and leaves no orphan behind.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

const base = await mkdtemp(join(tmpdir(), 'ep-run-'))
after(() => rm(base, { recursive: true, force: true }))

const launcher = join(base, 'scripts', 'run.mjs')
const installs = join(base, 'installs')
const fakeNpm = join(base, 'npm-cli.js')

before(async () => {
  await mkdir(join(base, 'scripts'))
  await cp(join(import.meta.dirname, 'run.mjs'), launcher)
  await writeFile(join(base, 'package-lock.json'), '{"packages":{}}')
  const install = `require('node:fs').mkdirSync('node_modules', { recursive: true });`
  const note = `require('node:fs').appendFileSync(${JSON.stringify(installs)}, process.argv.slice(2).join(' ') + '\\n')`
  await writeFile(fakeNpm, install + note)
  await writeFile(
    join(base, 'scripts', 'build.ts'),
    'const told: string[] = process.argv.slice(2)\nconsole.log(JSON.stringify(told))\nprocess.exit(7)\n',
  )
  await writeFile(
    join(base, 'scripts', 'start.ts'),
    `for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0))
     setInterval(() => {}, 1000)
     console.log(process.pid)`,
  )
})

const env = { ...process.env, npm_execpath: fakeNpm }
const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, [launcher, ...args], { env, encoding: 'utf8' })
const installations = async () => (await readFile(installs, 'utf8')).trim().split('\n')

test('a fresh clone is installed with npm ci, a second start is not, a changed lockfile is again', async () => {
  run('build')
  assert.deepEqual(await installations(), ['ci --no-audit --no-fund --loglevel=error'])
  run('build')
  assert.equal((await installations()).length, 1)
  await writeFile(join(base, 'package-lock.json'), '{"packages":{"":{}}}')
  run('build')
  assert.equal((await installations()).length, 2)
})

test('arguments and exit code are handed on', () => {
  const { status, stdout } = run('build', '--only', 'x')
  assert.equal(status, 7)
  assert.match(stdout, /\["--only","x"\]/)
})

test('an unknown command names those that exist', () => {
  const { status, stderr } = run('strat')
  assert.equal(status, 2)
  assert.match(stderr, /start, test/)
})

async function started(wrap: readonly string[] = []) {
  const [file = '', ...args] = [...wrap, process.execPath, launcher, 'start']
  const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const [first] = await once(child.stdout, 'data')
  return { child, pid: Number(String(first)) }
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function untilGone(pid: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (!isAlive(pid)) return
    await sleep(50)
  }
  assert.fail('the server lives on')
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} reaches the server, which ends in its own way`, async () => {
    const { child, pid } = await started()
    child.kill(signal)
    const [code] = await once(child, 'exit')
    assert.equal(code, 0)
    await untilGone(pid)
  })
}

test('a server does not outlive the npm that was killed above it', async () => {
  const { child, pid } = await started(['sh', '-c', '"$@"; true', 'npm'])
  child.kill('SIGKILL')
  await untilGone(pid)
})
