// Runs bin/einmal-pin as a clerk with a terminal would.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type Installation, root } from './installation.ts'

export interface CommandResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export async function einmalPin(
  { dataDir }: Pick<Installation, 'dataDir'>,
  ...args: readonly string[]
): Promise<CommandResult> {
  const child = spawn(process.execPath, [join(root, 'bin/einmal-pin'), ...args], {
    env: { ...process.env, EP_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr] = await Promise.all([
    child.stdout.toArray(),
    child.stderr.toArray(),
    once(child, 'close'),
  ])
  const text = (chunks: readonly Uint8Array[]) => Buffer.concat(chunks).toString()
  return { code: child.exitCode, stdout: text(stdout), stderr: text(stderr) }
}
