// Makes a new cluster once, whole or not at all, and keeps the passwords of its roles beside it.
import { spawn } from 'node:child_process'
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newSecret } from '@einmal-pin/vault/random'
import type { Binaries } from './binaries.ts'
import { giveTo, type Layout, ownDirectory } from './layout.ts'
import { runAs } from './run-as.ts'

/** Role name to password; the administrator and one role a database. */
export type Credentials = Readonly<Record<string, string>>

export const ADMINISTRATOR = 'administrator'

/** Bytewise order and no dependency on the locales of the machine (findings.md 9.1). */
const LOCALE = ['-E', 'UTF8', '--locale=C.UTF-8', '--locale-provider=builtin']

/** Creates the cluster if there is none and returns the passwords, new ones for roles that had none. */
export async function initialise(
  layout: Layout,
  binaries: Binaries,
  roles: readonly string[],
): Promise<Credentials> {
  await ownDirectory(layout.base, layout.user)
  const credentials = await completeCredentials(layout, [ADMINISTRATOR, ...roles])
  const exists = await stat(join(layout.cluster, 'PG_VERSION')).catch(() => undefined)
  if (exists === undefined) await makeCluster(layout, binaries, credentials[ADMINISTRATOR] ?? '')
  return credentials
}

async function completeCredentials(
  { credentials: path }: Layout,
  roles: readonly string[],
): Promise<Credentials> {
  const text = await readFile(path, 'utf8').catch(() => '{}')
  const known = JSON.parse(text) as Credentials
  const missing = roles.filter((role) => known[role] === undefined)
  if (missing.length === 0) return known
  const added = Object.fromEntries(missing.map((role) => [role, newSecret()]))
  const all = { ...known, ...added }
  await writeFile(`${path}.new`, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 })
  await rename(`${path}.new`, path)
  return all
}

async function makeCluster(layout: Layout, { initdb }: Binaries, password: string): Promise<void> {
  for (const name of await readdir(layout.base)) {
    if (name.startsWith('new-')) await rm(join(layout.base, name), { recursive: true })
  }
  const unfinished = join(layout.base, `new-${process.pid}`)
  const passwordFile = join(layout.base, `new-${process.pid}.password`)
  await writeFile(passwordFile, password, { mode: 0o600 })
  await giveTo(passwordFile, layout.user)
  try {
    const access = ['-U', ADMINISTRATOR, '-A', 'scram-sha-256', '--pwfile', passwordFile]
    const builtin = [...LOCALE, '--builtin-locale=C.UTF-8']
    await runInitdb(layout, initdb, ['-D', unfinished, ...access, ...builtin])
    await rename(unfinished, layout.cluster)
  } finally {
    await rm(passwordFile, { force: true })
  }
}

async function runInitdb(layout: Layout, initdb: string, args: readonly string[]): Promise<void> {
  const command = runAs(layout.user, initdb, args, [layout.base])
  const { file, args: all, ...identity } = command
  const child = spawn(file, all, { ...identity, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString()
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve)
  })
  if (code !== 0) throw new Error(`initdb failed: ${complaint.trim().slice(-1_000)}`)
}
