// One server process under `npm start`: its log in a file, its death noticed, its restart announced.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export type ServiceOptions = {
  readonly name: string
  /** The TypeScript file that Node runs. */
  readonly main: string
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly logFile: string
  /** Resolves once the service can be used; asked again until `READY_SECONDS` are over. */
  readonly isReady: () => Promise<boolean>
  readonly print: (line: string) => void
  /** Called when it dies over and over, or before it was ever ready. */
  readonly onGivenUp: (reason: string) => void
  /** Told every process id, so that pids.json stays true. */
  readonly onSpawn: (pid: number) => void
}

export type Service = {
  readonly ready: () => Promise<void>
  readonly stop: () => Promise<void>
}

const READY_SECONDS = 120
const MAX_DEATHS_A_MINUTE = 5
const RESTART_PAUSE_MILLISECONDS = 300
const MAX_LOG_BYTES = 16 * 1024 * 1024

export async function startService(options: ServiceOptions): Promise<Service> {
  const { name, print, logFile, onGivenUp } = options
  await rotate(logFile)
  const deaths: number[] = []
  let stopping = false
  let everReady = false
  // A promise, for a stop may come in the middle of a restart.
  let current = spawnLogged(options)

  const watch = async (): Promise<void> => {
    for (;;) {
      const reason = await ended(await current)
      if (stopping) return
      const now = performance.now()
      deaths.push(now)
      const recent = deaths.filter((at) => now - at < 60_000).length
      if (!everReady || recent > MAX_DEATHS_A_MINUTE) {
        return onGivenUp(`${name} ${reason}. The end of ${logFile}:\n${await tailOf(logFile)}`)
      }
      print(`${name} ${reason} and is started again`)
      await sleep(RESTART_PAUSE_MILLISECONDS)
      if (stopping) return
      current = spawnLogged(options)
    }
  }
  const first = await current
  const watching = watch()
  return {
    ready: async () => {
      await untilReady(options, () => stopping || hasEnded(first))
      everReady = true
    },
    stop: async () => {
      stopping = true
      const child = await current
      child.kill('SIGTERM')
      const hardly = setTimeout(() => child.kill('SIGKILL'), 10_000)
      if (!hasEnded(child)) await ended(child)
      clearTimeout(hardly)
      await watching
    },
  }
}

async function spawnLogged(options: ServiceOptions): Promise<ChildProcess> {
  const { main, cwd, env, logFile, onSpawn } = options
  const log = await open(logFile, 'a', 0o600)
  try {
    // In a group of its own: Ctrl-C reaches the supervisor only, which stops everything in order.
    const child = spawn(process.execPath, [main], {
      cwd,
      env: { ...env, EP_STOP_WITH_PARENT: '1' },
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
    })
    if (child.pid !== undefined) onSpawn(child.pid)
    return child
  } finally {
    await log.close()
  }
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

const ended = (child: ChildProcess) =>
  new Promise<string>((resolve) => {
    const tell = () =>
      resolve(
        child.signalCode === null
          ? `ended with code ${child.exitCode}`
          : `was ended by ${child.signalCode}`,
      )
    if (hasEnded(child)) tell()
    else child.once('exit', tell).once('error', () => resolve('could not be started'))
  })

async function untilReady(
  { name, isReady }: ServiceOptions,
  isHopeless: () => boolean,
): Promise<void> {
  const giveUpAt = performance.now() + READY_SECONDS * 1000
  while (performance.now() < giveUpAt) {
    if (isHopeless()) throw new Error(`${name} ended before it was ready`)
    if (await isReady().catch(() => false)) return
    await sleep(50)
  }
  throw new Error(`${name} was not ready within ${READY_SECONDS} s`)
}

async function rotate(logFile: string): Promise<void> {
  await mkdir(dirname(logFile), { recursive: true, mode: 0o700 })
  const found = await stat(logFile).catch(() => undefined)
  if (found !== undefined && found.size > MAX_LOG_BYTES) await rename(logFile, `${logFile}.1`)
}

async function tailOf(logFile: string, lines = 12): Promise<string> {
  const text = await readFile(logFile, 'utf8').catch(() => '')
  return text.trim().split('\n').slice(-lines).join('\n')
}
