// `npm start` as a user meets it: first start, second start, a second copy, Ctrl-C, SIGKILL of everything, a taken port.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { DEMO_CASES } from '../harness/demo-cases.ts'

const ROOT = join(import.meta.dirname, '../..')
/** Closed to other users (mkdtemp makes it 0700) and too long for a socket: root, `mktemp -d` and a long path in one. */
const base = await mkdtemp(join(tmpdir(), 'ep-start-'))
const dataDir = join(base, 'a-long-path-'.repeat(5), 'and-longer-'.repeat(5))
after(() => rm(base, { recursive: true, force: true }))

const LIMIT_MILLISECONDS = 240_000

type Started = {
  readonly child: ChildProcess
  readonly output: () => string
  readonly exit: Promise<number | null>
}

function npmStart(env: NodeJS.ProcessEnv = {}): Started {
  const child = spawn(process.execPath, [join(ROOT, 'scripts/run.mjs'), 'start'], {
    env: {
      ...process.env,
      EP_DATA_DIR: dataDir,
      EP_PORTAL_PORT: '0',
      EP_OFFICE_PORT: '0',
      EP_LOG_LEVEL: 'info',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  const exit = once(child, 'close').then(([code]) => code as number | null)
  return { child, output: () => output, exit }
}

async function running(env?: NodeJS.ProcessEnv): Promise<Started> {
  const started = npmStart(env)
  const giveUpAt = performance.now() + LIMIT_MILLISECONDS
  while (!started.output().includes('Ctrl-C stops.')) {
    assert.equal(started.child.exitCode, null, started.output())
    if (performance.now() > giveUpAt) assert.fail(started.output())
    await sleep(100)
  }
  return started
}

const pids = async (): Promise<Readonly<Record<string, number>>> =>
  JSON.parse(await readFile(join(dataDir, 'pids.json'), 'utf8'))

const letters = async () => (await readdir(join(dataDir, 'postbox'))).sort()

function listedCases(): number {
  const cli = join(ROOT, 'bin/einmal-pin')
  const env = { ...process.env, EP_DATA_DIR: dataDir }
  // From another folder, as a user would.
  const options = { cwd: base, env, encoding: 'utf8' } as const
  const { stdout, stderr } = spawnSync(process.execPath, [cli, 'cases', 'list', '--json'], options)
  assert.equal(stderr, '')
  return JSON.parse(stdout).cases.length
}

async function untilGone(all: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, pid] of Object.entries(all)) {
    for (let attempt = 0; existsSync(`/proc/${pid}`) && !(await isZombie(pid)); attempt += 1) {
      assert.ok(attempt < 300, `${name} lives on`)
      await sleep(50)
    }
  }
}

const isZombie = async (pid: number) =>
  (await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => ') Z')).includes(') Z')

let firstLetters: readonly string[] = []

test('the first start brings up both zones with demo letters, refuses a second copy, and Ctrl-C ends all of it', async () => {
  const started = await running()
  const portal = /Portal {3}(http:\S+)/.exec(started.output())?.[1]
  const office = /Office {3}(http:\S+)/.exec(started.output())?.[1]
  for (const url of [portal, office]) assert.equal((await fetch(`${url}/readyz`)).status, 200)
  firstLetters = await letters()
  assert.equal(firstLetters.length, DEMO_CASES)
  assert.equal(listedCases(), DEMO_CASES)

  const copy = npmStart()
  assert.equal(await copy.exit, 1)
  assert.match(copy.output(), /the data directory .* is in use by another process \(process \d+\)/)

  const all = await pids()
  started.child.kill('SIGINT')
  assert.equal(await started.exit, 0, started.output())
  await untilGone(all)
})

test('the second start finds its data again, also after SIGKILL of every part', async () => {
  const second = await running()
  assert.equal(listedCases(), DEMO_CASES)
  assert.deepEqual(await letters(), firstLetters)
  const { postgres, ...rest } = await pids()
  for (const pid of Object.values(rest)) process.kill(pid, 'SIGKILL')
  await second.exit
  await untilGone(rest)

  const third = await running()
  assert.match(third.output(), /PostgreSQL was still running and is adopted/)
  assert.equal((await pids())['postgres'], postgres)
  assert.equal(listedCases(), DEMO_CASES)
  assert.deepEqual(await letters(), firstLetters)
  third.child.kill('SIGTERM')
  assert.equal(await third.exit, 0, third.output())
  await untilGone({ postgres: postgres ?? 0 })
})

test('a server that is killed is started again and says so', async () => {
  const started = await running()
  const before = await pids()
  for (const name of ['portal', 'postgres']) process.kill(before[name] ?? 0, 'SIGKILL')
  const portal = /Portal {3}(http:\S+)/.exec(started.output())?.[1]
  for (let attempt = 0; ; attempt += 1) {
    assert.ok(attempt < 300, started.output())
    const answer = await fetch(`${portal}/readyz`).catch(() => undefined)
    if (answer?.status === 200 && (await pids())['portal'] !== before['portal']) break
    await sleep(100)
  }
  assert.match(started.output(), /portal was ended by SIGKILL and is started again/)
  assert.equal(listedCases(), DEMO_CASES)
  started.child.kill('SIGINT')
  assert.equal(await started.exit, 0)
})

test('a taken port is a plain sentence, not a stack trace', async () => {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const address = taken.address()
  assert.ok(address !== null && typeof address === 'object')
  const refused = npmStart({ EP_PORTAL_PORT: String(address.port) })
  assert.equal(await refused.exit, 1)
  assert.match(refused.output(), /Port \d+ is already in use/)
  assert.ok(!refused.output().includes('    at '))
  taken.close()
})
