// npm start: builds what changed, brings up PostgreSQL, office, portal and print centre, fills in demo data, stops cleanly.
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type DataDirLock, lockDataDir } from '@einmal-pin/platform/data-dir-lock'
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '@einmal-pin/platform/embedded-postgres'
import { readPorts } from '@einmal-pin/platform/ports'
import { ROOT } from './paths.ts'
import { countLetters, fillWithDemoData } from './start/demo.ts'
import { waitForLeftovers } from './start/leftovers.ts'
import { type Service, startService } from './start/service.ts'
import {
  environmentOf,
  readStartSettings,
  type ServiceName,
  type StartSettings,
} from './start/settings.ts'
import { buildWebApps } from './web/web-apps.ts'

const print = (line: string) => console.log(line)
/** Undone in reverse order, whatever has been reached. */
const undo: (() => Promise<void>)[] = []
let stopping: Promise<void> | undefined

function stop(code: number, reason?: string): Promise<void> {
  stopping ??= (async () => {
    if (reason !== undefined) console.error(`\n${reason}`)
    print('\nStopping ...')
    for (const step of undo.reverse()) {
      await step().catch((error: unknown) => console.error(textOf(error)))
    }
    print('Stopped.')
    process.exit(code)
  })()
  return stopping
}

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

function stopOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void stop(0))
  }
  const parent = process.ppid
  if (process.env['EP_STOP_WITH_PARENT'] !== '1') return
  setInterval(() => {
    if (process.ppid !== parent) void stop(0)
  }, 300).unref()
}

async function start(): Promise<void> {
  const settings = await readStartSettings(process.env)
  const lock: DataDirLock = await lockDataDir(settings.dataDir)
  undo.push(lock.release)
  await waitForLeftovers(settings.dataDir, print)
  await rm(join(settings.dataDir, 'ports.json'), { force: true })
  const pids = new PidFile(settings.dataDir)
  const [database] = await Promise.all([startDatabase(settings, pids), buildWebApps(print)])
  const urls = {
    office: settings.officeDatabaseUrl ?? database?.url('office'),
    portal: settings.portalDatabaseUrl ?? database?.url('portal'),
    'print-centre': undefined,
  }
  if (database !== undefined) pids.watch('postgres', database.pid)
  // The print centre makes its own key, then the office the secrets of both zones, which the portal waits for.
  for (const name of ['print-centre', 'office', 'portal'] as const) {
    const service = await startOne(name, settings, urls[name], pids)
    undo.push(service.stop)
    await service.ready()
  }
  if (settings.demo) await fillWithDemoData(settings.dataDir, print)
  await tellWhere(settings)
}

async function startDatabase(
  settings: StartSettings,
  pids: PidFile,
): Promise<EmbeddedPostgres | undefined> {
  if (settings.portalDatabaseUrl !== undefined) return undefined
  const database = await startEmbeddedPostgres({
    directory: join(settings.dataDir, 'postgres'),
    databases: ['portal', 'office'],
    log: (line) => {
      print(line)
      pids.save()
    },
    onGivenUp: () => void stop(1, 'PostgreSQL does not stay up.'),
  })
  undo.push(database.stop)
  return database
}

function startOne(
  name: ServiceName,
  settings: StartSettings,
  databaseUrl: string | undefined,
  pids: PidFile,
): Promise<Service> {
  print(`Starting ${name} ...`)
  const logFile = join(settings.dataDir, 'logs', `${name}.log`)
  return startService({
    name,
    main: join(ROOT, 'apps', name, 'src', 'main.ts'),
    cwd: ROOT,
    env: environmentOf(name, settings, databaseUrl, process.env),
    logFile,
    isReady: () => isReady(name, settings.dataDir),
    print,
    onGivenUp: (reason) => void stop(1, reason),
    onSpawn: (pid) => pids.set(name, pid),
  })
}

/** A server is ready when it says so; the print centre has no listener and needs no waiting. */
async function isReady(name: ServiceName, dataDir: string): Promise<boolean> {
  if (name === 'print-centre') return true
  const port = (await readPorts(dataDir))[name]
  if (port === undefined) return false
  return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok
}

/** `${EP_DATA_DIR}/pids.json`: which process is which, for people and tests that want to end one of them. */
class PidFile {
  readonly #path: string
  readonly #pids = new Map<string, () => number>([['start', () => process.pid]])

  constructor(dataDir: string) {
    this.#path = join(dataDir, 'pids.json')
  }

  set(name: string, pid: number): void {
    this.watch(name, () => pid)
  }

  watch(name: string, pid: () => number): void {
    this.#pids.set(name, pid)
    this.save()
  }

  save(): void {
    const all = Object.fromEntries([...this.#pids].map(([key, read]) => [key, read()]))
    void writeFile(this.#path, `${JSON.stringify(all, null, 2)}\n`)
  }
}

async function tellWhere({ dataDir, publicUrl, officePort }: StartSettings): Promise<void> {
  const letters = await countLetters(dataDir)
  print(`
einmal-pin is running.

  Portal   ${publicUrl}
  Office   http://127.0.0.1:${officePort}
  Letters  ${join(dataDir, 'postbox')} (${letters})
  Data     ${dataDir} (logs in logs/, ports in ports.json)

Open a letter and log in at the portal with its PIN; the numbers on the invented health card\nstand in demo/cases.csv. Ctrl-C stops.`)
}

stopOnSignals()
try {
  await start()
} catch (error) {
  await stop(1, textOf(error))
}
