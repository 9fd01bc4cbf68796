// A folder that appears whole or not at all: filled under a name of its own beside the target, then renamed.
import { rmSync } from 'node:fs'
import { lstat, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CommandError } from './outcome.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Creates `target` (mode 0700) with what `fill` writes into the folder it is given. Whatever happens, also Ctrl-C,
 * nothing half-written stays behind. Throws CommandError `cli.out` where something of that name exists.
 */
export async function makeNewFolder(
  target: string,
  fill: (folder: string) => Promise<void>,
): Promise<void> {
  if (await exists(target)) throw occupied(target)
  await mkdir(dirname(target), { recursive: true })
  const folder = await mkdtemp(join(dirname(target), '.einmal-pin-'))
  const removeAndEnd = (signal: NodeJS.Signals) => {
    rmSync(folder, { recursive: true, force: true })
    unwatch()
    process.kill(process.pid, signal)
  }
  const unwatch = () => {
    for (const signal of SIGNALS) process.off(signal, removeAndEnd)
  }
  for (const signal of SIGNALS) process.once(signal, removeAndEnd)
  try {
    await fill(folder)
    await rename(folder, target).catch(() => {
      throw occupied(target)
    })
  } finally {
    unwatch()
    await rm(folder, { recursive: true, force: true })
  }
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

function occupied(target: string): CommandError {
  const text = `${target} exists already. Give the name of a folder that does not exist yet.`
  return new CommandError(text, { code: 'cli.out', detail: text })
}
