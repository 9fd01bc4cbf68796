// Servers whose supervisor was killed: they notice and end by themselves; a new start waits for that.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const PATIENCE_MILLISECONDS = 12_000

/** Returns once none of the servers named in pids.json runs any more; those that do not end are killed. */
export async function waitForLeftovers(
  dataDir: string,
  print: (line: string) => void,
): Promise<void> {
  const text = await readFile(join(dataDir, 'pids.json'), 'utf8').catch(() => '{}')
  const pids = JSON.parse(text) as Readonly<Record<string, number>>
  const giveUpAt = performance.now() + PATIENCE_MILLISECONDS
  for (const [name, pid] of Object.entries(pids)) {
    if (!(await isServer(name, pid))) continue
    print(`Waiting for ${name} of an earlier start to end ...`)
    while (await isServer(name, pid)) {
      if (performance.now() > giveUpAt) process.kill(pid, 'SIGKILL')
      await sleep(100)
    }
  }
}

/** A pid may belong to another program by now: only a process that runs our file counts. */
async function isServer(name: string, pid: number): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return command.includes(`/apps/${name}/src/main.ts`)
}
