// Where the embedded cluster's files lie, and where its socket can be.
import { chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
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

/** A folder for the socket, 0700 and owned by the cluster's user: beside the data, or a short one when the path is too long. */
export async function makeSocketFolder(layout: Layout): Promise<string> {
  await removeSocketFolder(layout)
  const beside = join(layout.base, 'run')
  if (Buffer.byteLength(beside) <= MAX_SOCKET_FOLDER_LENGTH) {
    await ownDirectory(beside, layout.user)
    return beside
  }
  const short = tmpdir().length <= 40 ? tmpdir() : '/tmp'
  const folder = await mkdtemp(join(short, SHORT_PREFIX))
  await giveTo(folder, layout.user)
  await writeFile(join(layout.base, POINTER), folder)
  return folder
}

/** Removes the short folder of an earlier start, if there was one. */
export async function removeSocketFolder(layout: Layout): Promise<void> {
  const pointer = join(layout.base, POINTER)
  const folder = await readFile(pointer, 'utf8').catch(() => undefined)
  if (folder === undefined) return
  const found = await stat(folder).catch(() => undefined)
  const owner = layout.user?.uid ?? process.getuid?.()
  if (basename(folder).startsWith(SHORT_PREFIX) && found?.uid === owner) {
    await rm(folder, { recursive: true, force: true })
  }
  await rm(pointer, { force: true })
}
