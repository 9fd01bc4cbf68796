// A place at which one letter child after another works, killed when it is too slow, replaced after its batch.
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { LetterCode } from './letter-error.ts'
import type { ChildAnswer, ChildRequest, LetterSecrets } from './letter-job.ts'

const CHILD = fileURLToPath(new URL('./letter-child.ts', import.meta.url))

/** Typst and strings keep what they saw until the process ends: after so many letters it does (findings.md 6.2). */
export const LETTERS_PER_CHILD = 25
/** A letter takes some 0.2 s. */
export const LETTER_TIMEOUT_MS = 20_000
/** A child is ready after about half a second, on a busy machine after some. */
const START_TIMEOUT_MS = 60_000

export interface BenchOptions {
  /** Absent: the bench makes archive copies only. */
  readonly secrets?: LetterSecrets
  /** Folder with templates and texts; default: the application's. */
  readonly folder?: string
  readonly timeoutMs?: number
  readonly lettersPerChild?: number
  /** Told the process id of every child started. */
  readonly onChild?: (pid: number) => void
}

export interface ChildBench {
  /** Never rejects. Requests come one after the other. */
  readonly ask: (request: ChildRequest) => Promise<ChildAnswer>
  /** For good: whoever still waits for a job to prepare must not start a child that nobody would end. */
  readonly close: () => void
}

export function openBench(options: BenchOptions): ChildBench {
  let child: ChildProcess | undefined
  let done = 0
  let isClosed = false
  const dismiss = () => {
    if (child?.connected) child.disconnect()
    child = undefined
  }
  // Works on its own reference: `close` may take the bench's away while an answer is awaited.
  const exchangeWith = async (running: ChildProcess, request: ChildRequest, timeoutMs: number) => {
    const answer = await exchange(running, request, timeoutMs)
    if (answer.kind === 'refused' && isBroken(answer.code) && child === running) dismiss()
    return answer
  }
  const ask = async (request: ChildRequest): Promise<ChildAnswer> => {
    if (isClosed) return { kind: 'refused', code: 'letter.failed' }
    if (done >= (options.lettersPerChild ?? LETTERS_PER_CHILD)) dismiss()
    let running = child
    if (!running?.connected) {
      done = 0
      running = startChild(options)
      child = running
      const ready = await exchangeWith(running, setupOf(options), START_TIMEOUT_MS)
      if (ready.kind !== 'ready') return ready
    }
    done += 1
    return exchangeWith(running, request, options.timeoutMs ?? LETTER_TIMEOUT_MS)
  }
  const close = () => {
    isClosed = true
    dismiss()
  }
  return { ask, close }
}

// A killed child may look connected for a moment: the next letter must not fall into it.
function isBroken(code: LetterCode): boolean {
  return code === 'letter.timeout' || code === 'letter.failed'
}

// No core dump (it would hold PINs), no environment, no output: a crash report could quote a letter.
function startChild({ onChild }: BenchOptions): ChildProcess {
  const command =
    process.platform === 'win32'
      ? [process.execPath, CHILD]
      : ['/bin/sh', '-c', 'ulimit -c 0; exec "$0" "$1"', process.execPath, CHILD]
  const [program = process.execPath, ...rest] = command
  const child = spawn(program, rest, {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
    env: { RAYON_NUM_THREADS: '1' },
  })
  // An error here is followed by `exit` or `close`, which `exchange` hears.
  child.on('error', () => undefined)
  if (child.pid !== undefined) onChild?.(child.pid)
  return child
}

function setupOf({ secrets, folder }: BenchOptions): ChildRequest {
  return {
    kind: 'setup',
    ...(secrets === undefined ? {} : { secrets }),
    ...(folder === undefined ? {} : { folder }),
  }
}

function exchange(
  child: ChildProcess,
  request: ChildRequest,
  timeoutMs: number,
): Promise<ChildAnswer> {
  return new Promise((resolve) => {
    const settle = (answer: ChildAnswer) => {
      clearTimeout(timer)
      child.off('message', onMessage).off('exit', onGone).off('error', onGone)
      resolve(answer)
    }
    const onMessage = (answer: unknown) => settle(answer as ChildAnswer)
    const onGone = () => settle({ kind: 'refused', code: 'letter.failed' })
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      settle({ kind: 'refused', code: 'letter.timeout' })
    }, timeoutMs)
    child.on('message', onMessage).on('exit', onGone).on('error', onGone)
    child.send(request, (error) => {
      if (error) onGone()
    })
  })
}
