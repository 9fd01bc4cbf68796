// One running PostgreSQL server: started, or adopted when an earlier supervisor was killed and left it serving.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { open, readFile, readlink, realpath, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Binaries } from './binaries.ts'
import { type Layout, makeSocketFolder } from './layout.ts'
import { runAs } from './run-as.ts'

export type Postmaster = {
  readonly pid: number
  readonly socketFolder: string
  readonly adopted: boolean
  /** Settles when the process has ended, for whatever reason. */
  readonly ended: Promise<void>
}

/**
 * fsync, full_page_writes and synchronous_commit keep their safe defaults. Log lines carry no DETAIL and no statement, for both quote
 * values of rows.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '120',
  shared_buffers: '64MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '512MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
}

const MAX_LOG_BYTES = 8 * 1024 * 1024
const EXIT_POLL_MILLISECONDS = 100

/** The server that already runs on the cluster, if its process really is one (a pid may have been given to another program since). */
export async function adoptPostmaster(layout: Layout): Promise<Postmaster | undefined> {
  const text = await readFile(join(layout.cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  // postmaster.pid: pid, data directory, start time, port, socket directory, ...
  const [pidLine = '', , , , socketFolder = ''] = text.split('\n')
  const pid = Number(pidLine)
  if (!Number.isInteger(pid) || pid <= 1) return undefined
  if (!(await servesCluster(pid, layout.cluster))) {
    await rm(join(layout.cluster, 'postmaster.pid'), { force: true })
    return undefined
  }
  return { pid, socketFolder, adopted: true, ended: pollUntilGone(pid) }
}

async function servesCluster(pid: number, cluster: string): Promise<boolean> {
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(cluster))
  } catch {
    return false
  }
}

export async function spawnPostmaster(layout: Layout, binaries: Binaries): Promise<Postmaster> {
  const socketFolder = await makeSocketFolder(layout)
  const settings = Object.entries({ ...SETTINGS, unix_socket_directories: socketFolder })
  const args = [
    '-D',
    layout.cluster,
    ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  const command = runAs(layout.user, binaries.postgres, args, [layout.cluster, socketFolder])
  const { file, args: all, ...identity } = command
  const log = await openLog(layout.log)
  try {
    const stdio = ['ignore', log.fd, log.fd] as const
    // In a group of its own: Ctrl-C must reach the supervisor only, which stops the apps before the database.
    const child = spawn(file, all, { ...identity, cwd: '/', stdio: [...stdio], detached: true })
    const ended = new Promise<void>((resolve) => {
      child.once('exit', () => resolve()).once('error', () => resolve())
    })
    child.unref()
    if (child.pid === undefined) throw new Error(`${file} could not be started`)
    return { pid: child.pid, socketFolder, adopted: false, ended }
  } finally {
    await log.close()
  }
}

async function openLog(path: string) {
  const found = await stat(path).catch(() => undefined)
  if (found !== undefined && found.size > MAX_LOG_BYTES) await rename(path, `${path}.1`)
  return open(path, 'a', 0o600)
}

async function pollUntilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(EXIT_POLL_MILLISECONDS, undefined, { ref: false })
}

/** A zombie counts as gone: not every container's first process reaps the orphans that it is given. */
function isAlive(pid: number): boolean {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return !line.slice(line.lastIndexOf(')')).startsWith(') Z')
  } catch {
    return false
  }
}

/** Fast shutdown (SIGINT: open transactions are rolled back), after `patience` milliseconds the immediate one. */
export async function stopPostmaster(postmaster: Postmaster, patience = 20_000): Promise<void> {
  signal(postmaster.pid, 'SIGINT')
  const impatient = new AbortController()
  const timer = sleep(patience, undefined, { signal: impatient.signal })
    .then(() => signal(postmaster.pid, 'SIGQUIT'))
    .catch(() => {})
  await postmaster.ended
  impatient.abort()
  await timer
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended already.
  }
}
