// Files that another process reads: whole and durable before they carry their name.
import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A full disk, a folder that is read-only, away or no folder: nothing that the program can mend. */
export const isStorageFault = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && STORAGE_FAULTS.includes(String(error.code))

const STORAGE_FAULTS = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'ENOENT', 'ENOTDIR', 'EIO']

/** Writes (0600) and syncs; for files in a folder that is renamed as a whole later. */
export async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'w', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Gives a synced file or folder its final name; on the same file system. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to)
  await syncFolder(dirname(to))
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
