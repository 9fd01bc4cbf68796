// Starts a program as an unprivileged user, also where the way to its files leads through folders closed to that user.
import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { SystemUser } from './system-user.ts'

export type Command = {
  readonly file: string
  readonly args: readonly string[]
  readonly uid?: number
  readonly gid?: number
}

/**
 * Linux capabilities that let a process pass closed folders, the narrower first (capabilities(7)): CAP_DAC_READ_SEARCH reads and passes,
 * CAP_DAC_OVERRIDE also writes; containers often have only the second.
 */
const CAPABILITIES = [
  { name: 'dac_read_search', bit: 2n },
  { name: 'dac_override', bit: 1n },
] as const

/**
 * access(2), with which initdb looks at the programs beside it, ignores the capabilities of everybody but root unless the secure bit
 * `no_setuid_fixup` is set (capabilities(7)). Setting it needs CAP_SETPCAP; without it the programs must lie in an open folder.
 */
const CAP_SETPCAP = 8n

/** The command line that runs `file` as `user` (undefined: as this process), able to reach every one of `paths`. Throws when no way leads there. */
export function runAs(
  user: SystemUser | undefined,
  file: string,
  args: readonly string[],
  paths: readonly string[],
): Command {
  if (user === undefined) return { file, args }
  const closed = [file, ...paths].map((path) => closedFolder(path, user)).find(Boolean)
  if (closed === undefined) return { file, args, uid: user.uid, gid: user.gid }
  const capability = CAPABILITIES.find(({ bit }) => hasCapability(bit))
  if (capability === undefined) {
    throw new Error(
      `the folder ${closed} is closed to the user ${user.name}, under which PostgreSQL runs`,
    )
  }
  const identity = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups']
  const passing = [`--inh-caps=+${capability.name}`, `--ambient-caps=+${capability.name}`]
  const keeping = hasCapability(CAP_SETPCAP) ? ['--securebits=+no_setuid_fixup'] : []
  return { file: 'setpriv', args: [...identity, ...passing, ...keeping, file, ...args] }
}

/** The first folder on the way to `path` that `user` cannot pass, undefined when all are open. */
export function closedFolder(
  path: string,
  user: Pick<SystemUser, 'uid' | 'gid'>,
): string | undefined {
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    if (!mayPass(folder, user)) return folder
    if (folder === dirname(folder)) return undefined
  }
}

function mayPass(folder: string, { uid, gid }: Pick<SystemUser, 'uid' | 'gid'>): boolean {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found === undefined) return true
  const shift = found.uid === uid ? 6 : found.gid === gid ? 3 : 0
  return ((found.mode >> shift) & 1) === 1
}

function hasCapability(bit: bigint): boolean {
  const hex = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  return ((BigInt(`0x${hex ?? '0'}`) >> bit) & 1n) === 1n
}
