// Under which system user PostgreSQL runs: it refuses to run as root, and the cluster's files must be its own.
import { readFile, stat } from 'node:fs/promises'

export type SystemUser = { readonly name: string; readonly uid: number; readonly gid: number }

const NOBODY: SystemUser = { name: 'nobody', uid: 65_534, gid: 65_534 }

/** Undefined unless this process is root; then the owner of an existing cluster, else `postgres`, else `nobody`. */
export async function chooseSystemUser(
  cluster: string,
  passwdFile = '/etc/passwd',
): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const users = parsePasswd(await readFile(passwdFile, 'utf8').catch(() => ''))
  const owner = await stat(cluster).catch(() => undefined)
  if (owner !== undefined && owner.uid !== 0) {
    const known = users.find(({ uid }) => uid === owner.uid)
    return { name: known?.name ?? String(owner.uid), uid: owner.uid, gid: owner.gid }
  }
  return preferredUser(users)
}

export function preferredUser(users: readonly SystemUser[]): SystemUser {
  const named = (name: string) => users.find((user) => user.name === name && user.uid !== 0)
  return named('postgres') ?? named('nobody') ?? NOBODY
}

/** The lines `name:x:uid:gid:...` of passwd(5); others are skipped. */
export function parsePasswd(text: string): readonly SystemUser[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', , uid = '', gid = ''] = line.split(':')
    const numeric = /^\d+$/.test(uid) && /^\d+$/.test(gid)
    return name !== '' && numeric ? [{ name, uid: Number(uid), gid: Number(gid) }] : []
  })
}
