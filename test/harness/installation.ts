// A whole installation for tests: database, office, portal and print centre as real processes on a folder of their own.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '@einmal-pin/platform/embedded-postgres'
import { Desk } from './desk.ts'

export const root = join(import.meta.dirname, '../..')

/** The processes, in the order in which they start: the office makes the portal's secrets. */
export const ZONES = ['print-centre', 'office', 'portal'] as const
export type Zone = (typeof ZONES)[number]

const READY_MILLISECONDS = 60_000

/** Below the range from which the kernel takes ports for outgoing connections: none of those may sit on it during a restart. */
const LOWEST_PORT = 12_000
const PORTS = 20_000

async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST_PORT + randomInt(PORTS)
    const server = createServer()
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!isFree) continue
    server.close()
    await once(server, 'close')
    return port
  }
}

/** Waits until `holds` is true; fails with `what` when it does not become so in time. */
export async function eventually(
  what: string,
  holds: () => Promise<boolean> | boolean,
  milliseconds = READY_MILLISECONDS,
): Promise<void> {
  const until = performance.now() + milliseconds
  while (!(await holds())) {
    if (performance.now() > until) throw new Error(`did not happen in time: ${what}`)
    await sleep(50)
  }
}

const answers = async (url: string): Promise<boolean> =>
  fetch(url)
    .then((response) => response.ok)
    .catch(() => false)

export class Installation extends Desk {
  readonly database: EmbeddedPostgres
  #environment: Record<string, string>
  readonly #processes = new Map<Zone, ChildProcess>()

  constructor(
    dataDir: string,
    database: EmbeddedPostgres,
    ports: readonly [number, number],
    environment: Readonly<Record<string, string>> = {},
  ) {
    super({
      dataDir,
      publicUrl: `http://127.0.0.1:${ports[0]}`,
      officeUrl: `http://127.0.0.1:${ports[1]}`,
    })
    this.database = database
    this.#environment = {
      EP_DATA_DIR: dataDir,
      // A test run that is killed leaves no servers behind.
      EP_STOP_WITH_PARENT: '1',
      EP_DEMO: '1',
      EP_PORTAL_PORT: String(ports[0]),
      EP_OFFICE_PORT: String(ports[1]),
      EP_PUBLIC_URL: this.publicUrl,
      ...environment,
    }
  }

  /** The environment of a zone: each gets its own database and no other. */
  environmentOf(zone: Zone): Record<string, string> {
    const databases = {
      portal: { PORTAL_DATABASE_URL: this.database.url('portal') },
      office: { OFFICE_DATABASE_URL: this.database.url('office') },
      'print-centre': {},
    }
    return {
      PATH: process.env['PATH'] ?? '',
      TMPDIR: this.tempOf(zone),
      ...this.#environment,
      ...databases[zone],
    }
  }

  /** Each zone has a folder of its own for temporary files, so that a test can look into it. */
  tempOf(zone: Zone): string {
    return join(this.dataDir, 'tmp', zone)
  }

  logOf(zone: Zone): string {
    return join(this.dataDir, 'logs', `${zone}.log`)
  }

  async start(zone: Zone): Promise<void> {
    mkdirSync(this.tempOf(zone), { recursive: true })
    const log = openSync(this.logOf(zone), 'a')
    const child = spawn(process.execPath, [join(root, 'apps', zone, 'src/main.ts')], {
      cwd: root,
      env: this.environmentOf(zone),
      stdio: ['ignore', log, log],
    })
    closeSync(log)
    this.#processes.set(zone, child)
    await eventually(`${zone} is ready`, async () => {
      if (child.exitCode !== null) {
        throw new Error(`${zone} ended: ${readFileSync(this.logOf(zone), 'utf8').slice(-2_000)}`)
      }
      return this.#isReady(zone)
    })
  }

  #isReady(zone: Zone): Promise<boolean> | boolean {
    if (zone === 'portal') return answers(`${this.publicUrl}/readyz`)
    if (zone === 'office') return answers(`${this.officeUrl}/readyz`)
    return existsSync(join(this.dataDir, 'secrets/print-centre/recipient.txt'))
  }

  async #end(zone: Zone, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#processes.get(zone)
    this.#processes.delete(zone)
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  /** As a power cut would: no cleaning up. */
  kill(zone: Zone): Promise<void> {
    return this.#end(zone, 'SIGKILL')
  }

  stopZone(zone: Zone): Promise<void> {
    return this.#end(zone, 'SIGTERM')
  }

  async restart(zone: Zone): Promise<void> {
    await this.stopZone(zone)
    await this.start(zone)
  }

  pidOf(zone: Zone): number {
    const pid = this.#processes.get(zone)?.pid
    if (pid === undefined) throw new Error(`${zone} does not run`)
    return pid
  }

  /** Kills the database's main process; its supervisor brings it back by itself. */
  killDatabase(): void {
    process.kill(this.database.pid(), 'SIGKILL')
  }

  /** Moves the clock of both zones by an ISO 8601 duration; sessions and data stay. */
  async moveClock(offset: string): Promise<void> {
    this.#environment = { ...this.#environment, EP_CLOCK_OFFSET: offset }
    await this.restart('office')
    await this.restart('portal')
  }

  async stop(): Promise<void> {
    for (const zone of [...ZONES].reverse()) await this.stopZone(zone)
    await this.database.stop()
  }

  async remove(): Promise<void> {
    await this.stop()
    await rm(this.dataDir, { recursive: true, force: true })
  }
}

type Environment = Readonly<Record<string, string>>

/** Starts everything on a new folder; ready when this resolves. `environment` is added to that of every zone. */
export function startInstallation(environment: Environment = {}): Promise<Installation> {
  return resumeInstallation(mkdtempSync(join(tmpdir(), 'ep-test-')), environment)
}

/** Starts everything on a folder that may already hold an installation, on new ports. */
export async function resumeInstallation(
  dataDir: string,
  environment: Environment = {},
): Promise<Installation> {
  mkdirSync(join(dataDir, 'logs'), { recursive: true })
  const database = await startEmbeddedPostgres({
    directory: join(dataDir, 'postgres'),
    databases: ['portal', 'office'],
  })
  const ports = [await freePort(), await freePort()] as const
  const installation = new Installation(dataDir, database, ports, environment)
  try {
    for (const zone of ZONES) await installation.start(zone)
    return installation
  } catch (error) {
    await installation.stop()
    throw error
  }
}
