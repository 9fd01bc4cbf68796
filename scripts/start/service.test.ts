// A server under `npm start`: its log, its restart, its end.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startService } from './service.ts'

const base = await mkdtemp(join(tmpdir(), 'ep-service-'))
after(() => rm(base, { recursive: true, force: true }))

const RUNS = `console.log('up'); process.on('SIGTERM', () => { console.log('down'); process.exit(0) }); setInterval(() => {}, 1000)`

async function start(name: string, code: string) {
  const main = join(base, `${name}.mjs`)
  await writeFile(main, code)
  const logFile = join(base, 'logs', `${name}.log`)
  const pids: number[] = []
  const printed: string[] = []
  const { promise: givenUp, resolve: onGivenUp } = Promise.withResolvers<string>()
  const log = () => readFile(logFile, 'utf8').catch(() => '')
  const service = await startService({
    name,
    main,
    cwd: base,
    env: process.env,
    logFile,
    isReady: async () => (await log()).includes('up'),
    print: (line) => void printed.push(line),
    onGivenUp,
    onSpawn: (pid) => void pids.push(pid),
  })
  return { service, pids, printed, givenUp, log }
}

async function eventually(holds: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 200 && !holds(); attempt += 1) await sleep(25)
  assert.ok(holds())
}

test('a stop lets the server end in its own way', async () => {
  const { service, log } = await start('plain', RUNS)
  await service.ready()
  await service.stop()
  assert.equal(await log(), 'up\ndown\n')
})

test('a killed server is started again, and that is said', async () => {
  const { service, pids, printed } = await start('killed', RUNS)
  await service.ready()
  process.kill(pids[0] ?? 0, 'SIGKILL')
  await eventually(() => pids.length === 2)
  assert.deepEqual(printed, ['killed was ended by SIGKILL and is started again'])
  await service.stop()
})

test('a server that ends before it was ready is given up, with the end of its log', async () => {
  const { service, givenUp } = await start('broken', `console.log('no key'); process.exit(3)`)
  await assert.rejects(service.ready(), /broken ended before it was ready/)
  assert.match(await givenUp, /ended with code 3.*no key/s)
  await service.stop()
})

test('a server that dies over and over is given up', async () => {
  const { service, givenUp, pids } = await start(
    'weak',
    `console.log('up'); setTimeout(() => process.exit(1), 300)`,
  )
  await service.ready()
  assert.match(await givenUp, /weak ended with code 1/)
  assert.equal(pids.length, 6)
  await service.stop()
})
