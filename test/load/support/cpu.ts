// CPU time of other processes, read where Linux keeps it.
import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts user and system time in ticks of a hundredth of a second (proc(5)). */
const TICKS_PER_SECOND = 100

interface Stat {
  readonly parent: number
  readonly seconds: number
}

/** Undefined for a process that is gone. */
function statOf(pid: number | string): Stat | undefined {
  try {
    // The name in brackets may hold blanks and brackets itself.
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const [, parent = '0', , , , , , , , , , user = '0', system = '0'] = fields
    return {
      parent: Number(parent),
      seconds: (Number(user) + Number(system)) / TICKS_PER_SECOND,
    }
  } catch {
    return undefined
  }
}

/** User and system time of one process so far. */
export const cpuSeconds = (pid: number): number => statOf(pid)?.seconds ?? 0

/** The same for all living children of a process, for example the backends of a PostgreSQL server. */
export const cpuSecondsOfChildren = (parent: number): number =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf)
    .filter((stat) => stat?.parent === parent)
    .reduce((sum, stat) => sum + (stat?.seconds ?? 0), 0)
