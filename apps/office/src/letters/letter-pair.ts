// A letter child and its letter check, joined by a pipe that the office itself does not hold.
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'

const CHILD = fileURLToPath(new URL('./letter-child.ts', import.meta.url))
const CHECK = fileURLToPath(new URL('../letter-check/check-child.ts', import.meta.url))

export interface LetterPair {
  readonly child: ChildProcess
  /** Absent where copies are made that nobody posts. */
  readonly check?: ChildProcess
}

export function startPair(withCheck: boolean, onChild?: (pid: number) => void): LetterPair {
  if (!withCheck) return { child: start(CHILD, 'ignore', onChild) }
  const check = start(CHECK, 'pipe', onChild)
  const end = check.stdio[4] as Socket
  const child = start(CHILD, end, onChild)
  // The child has its own handle; what the office does not hold it cannot read.
  end.destroy()
  return { child, check }
}

export function endPair({ child, check }: LetterPair): void {
  for (const one of [child, check]) if (one?.connected) one.disconnect()
}

export function killPair({ child, check }: LetterPair): void {
  for (const one of [child, check]) one?.kill('SIGKILL')
}

/** Resident memory of the bigger of the two, in bytes; 0 where Linux does not tell. */
export function memoryOf({ child, check }: LetterPair): number {
  return Math.max(residentBytes(child.pid), residentBytes(check?.pid))
}

/** Resident memory of a process; 0 when it is gone or the system does not tell. */
export function residentBytes(pid: number | undefined): number {
  try {
    const [, kilobytes = '0'] =
      /^VmRSS:\s+(\d+) kB/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) * 1024
  } catch {
    return 0
  }
}

// No core dump (it would hold PINs), no environment, no output: a crash report could quote a letter.
function start(
  program: string,
  pipe: 'ignore' | 'pipe' | Socket,
  onChild?: (pid: number) => void,
): ChildProcess {
  const command =
    process.platform === 'win32'
      ? [process.execPath, program]
      : ['/bin/sh', '-c', 'ulimit -c 0; exec "$0" "$1"', process.execPath, program]
  const [shell = process.execPath, ...rest] = command
  const child = spawn(shell, rest, {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc', pipe],
    serialization: 'advanced',
    env: { RAYON_NUM_THREADS: '1' },
  })
  // An error here is followed by `exit` or `close`, which whoever waits for an answer hears.
  child.on('error', () => undefined)
  if (child.pid !== undefined) onChild?.(child.pid)
  return child
}
