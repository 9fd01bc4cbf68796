// Where the embedded cluster's files lie, and where its socket can be.
import { chown, lstat, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import type { SystemUser } from './system-user.ts'

export type Layout = {
  /** `${EP_DATA_DIR}/postgres`, owned by the cluster's user. */
  readonly base: string
  readonly cluster: string
  readonly credentials: string
  readonly log: string
  readonly user: SystemUser | undefined
}

export function layoutOf(base: string, user: SystemUser | undefined): Layout {
  const root = resolve(base)
  return {
    base: root,
    cluster: join(root, 'data'),
    credentials: join(root, 'credentials.json'),
    log: join(root, 'postgres.log'),
    user,
  }
}

export async function ownDirectory(path: string, user: SystemUser | undefined): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  await giveTo(path, user)
}

export async function giveTo(path: string, user: SystemUser | undefined): Promise<void> {
  if (user !== undefined) await chown(path, user.uid, user.gid)
}

/** sun_path holds 107 characters (unix(7)); `/.s.PGSQL.5432` comes on top of the folder. */
const MAX_SOCKET_FOLDER_LENGTH = 90
const SHORT_PREFIX = 'einmal-pin-'
const POINTER = 'socket-folder'

/**
 * A folder for the socket, 0700 and owned by the cluster's user: beside the data, or a short one when the path is too long. A restarted
 * server gets the folder of its predecessor, for the apps know only that address.
 */
export async function makeSocketFolder(layout: Layout): Promise<string> {
  const beside = join(layout.base, 'run')
  if (Buffer.byteLength(beside) <= MAX_SOCKET_FOLDER_LENGTH) {
    await ownDirectory(beside, layout.user)
    return beside
  }
  const known = await shortFolder(layout)
  if (known !== undefined) return known
  const short = tmpdir().length <= 40 ? tmpdir() : '/tmp'
  const folder = await mkdtemp(join(short, SHORT_PREFIX))
  await giveTo(folder, layout.user)
  await writeFile(join(layout.base, POINTER), folder)
  return folder
}

/** The short folder of an earlier start, if it is still there and really ours. */
async function shortFolder(layout: Layout): Promise<string | undefined> {
  const folder = await readFile(join(layout.base, POINTER), 'utf8').catch(() => undefined)
  if (folder === undefined || !basename(folder).startsWith(SHORT_PREFIX)) return undefined
  const found = await lstat(folder).catch(() => undefined)
  const ours = found?.uid === (layout.user?.uid ?? process.getuid?.())
  return ours && found?.isDirectory() && (found.mode & 0o077) === 0 ? folder : undefined
}

/** Removes the short folder, if there is one. */
export async function removeSocketFolder(layout: Layout): Promise<void> {
  const folder = await shortFolder(layout)
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  await rm(join(layout.base, POINTER), { force: true })
}
