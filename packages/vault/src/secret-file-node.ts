// Files that hold secrets: mode 0600 or refused, written whole or not at all.
import { constants } from 'node:fs'
import { link, open, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { newId } from './random.ts'
import { VaultError } from './vault-error.ts'

/**
 * The file's text, or undefined when there is no file. Throws VaultError `secretFile.mode` when group or
 * others may do anything with it, `secretFile.kind` when it is no regular file or a symbolic link, and
 * `secretFile.owner` when it belongs to another user.
 */
export const readSecretFile = async (path: string): Promise<string | undefined> => {
  const file = await openIfThere(path)
  if (file === undefined) return undefined
  try {
    // The checks look at the opened file, not at the path, so that nobody swaps it in between.
    const status = await file.stat()
    if (!status.isFile()) throw new VaultError('secretFile.kind')
    if ((status.mode & 0o077) !== 0) throw new VaultError('secretFile.mode')
    if (status.uid !== process.getuid?.()) throw new VaultError('secretFile.owner')
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

/** Creates the file durably. False, and nothing changed, when it exists already. */
export const createSecretFile = async (path: string, text: string): Promise<boolean> => {
  const temporary = await writeTemporary(path, text)
  try {
    // link refuses an existing target, rename would replace it: two first starts cannot both win.
    await link(temporary, path)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    await unlink(temporary)
  }
  await syncFolderOf(path)
  return true
}

/** Replaces the file durably; a crash leaves the old or the new text, never a mixture. */
export const replaceSecretFile = async (path: string, text: string): Promise<void> => {
  await rename(await writeTemporary(path, text), path)
  await syncFolderOf(path)
}

const openIfThere = async (path: string) => {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    if (codeOf(error) === 'ELOOP') throw new VaultError('secretFile.kind')
    throw error
  }
}

const writeTemporary = async (path: string, text: string): Promise<string> => {
  const temporary = `${path}.${newId()}.tmp`
  const file = await open(temporary, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  return temporary
}

const syncFolderOf = async (path: string): Promise<void> => {
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined
