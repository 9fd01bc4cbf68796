// `${EP_DATA_DIR}/ports.json`: where the listeners of all processes are, merged so that none overwrites another's.
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { errorCodeOf } from './database-errors.ts'

export type PortName = 'portal' | 'portalOffice' | 'portalMetrics' | 'office' | 'officeMetrics'
export type Ports = Readonly<Partial<Record<PortName, number>>>

/** A writer that was killed while it held the lock is waited for no longer than this. */
const STALE_LOCK_MILLISECONDS = 2_000

/** What is known so far; empty when there is no file yet. */
export async function readPorts(dataDir: string): Promise<Ports> {
  try {
    return JSON.parse(await readFile(join(dataDir, 'ports.json'), 'utf8')) as Ports
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return {}
    throw error
  }
}

/** Adds `ports` to the file; readers see the old or the new content, never half of it. */
export async function writePorts(dataDir: string, ports: Ports): Promise<void> {
  const path = join(dataDir, 'ports.json')
  const lock = `${path}.lock`
  await takeLock(lock)
  try {
    const merged = { ...(await readPorts(dataDir)), ...ports }
    await writeFile(`${path}.new`, `${JSON.stringify(merged, null, 2)}\n`)
    await rename(`${path}.new`, path)
  } finally {
    await rm(lock, { force: true })
  }
}

async function takeLock(lock: string): Promise<void> {
  for (;;) {
    try {
      await (await open(lock, 'wx')).close()
      return
    } catch (error) {
      if (errorCodeOf(error) !== 'EEXIST') throw error
      const held = await stat(lock).catch(() => undefined)
      const stale = held !== undefined && Date.now() - held.mtimeMs > STALE_LOCK_MILLISECONDS
      if (stale) await rm(lock, { force: true })
      else await sleep(20)
    }
  }
}
