// Sealed documents wait here until the portal has every part: in OPFS, else IndexedDB, else memory.

import type { DocumentMeta } from '@einmal-pin/vault/manifest'
import { allOf, drop, get, put } from '../case/device-storage.ts'
import { vault } from '../vault-worker/vault.ts'

/** What is needed to go on with an upload after a reload. */
export interface KeptUpload {
  readonly meta: DocumentMeta
  readonly sealedMeta: string
  /** Id of the document whose place this one takes once it is safe. */
  readonly replaces?: string
}

/** What of it lies on the disk: names and places of documents say much about a person, so only the sealed form does. */
interface StoredUpload {
  readonly id: string
  readonly sha256: string
  readonly sealedMeta: string
  readonly replaces?: string
}

const memory = new Map<string, { readonly upload: KeptUpload; readonly file: Blob }>()

const keyOf = (caseId: string, id: string): string => `${caseId}/${id}`

const FOLDER_PREFIX = 'ep-'
const folderName = (caseId: string): string => `${FOLDER_PREFIX}${caseId}`

async function folder(caseId: string, create: boolean): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory()
  return root.getDirectoryHandle(folderName(caseId), { create })
}

async function writeOpfs(caseId: string, id: string, file: Blob): Promise<boolean> {
  try {
    const handle = await (await folder(caseId, true)).getFileHandle(id, { create: true })
    const writable = await handle.createWritable()
    await writable.write(file)
    await writable.close()
    return true
  } catch {
    return false
  }
}

async function readOpfs(caseId: string, id: string): Promise<Blob | undefined> {
  try {
    return await (await (await folder(caseId, false)).getFileHandle(id)).getFile()
  } catch {
    return undefined
  }
}

/** Keeps a sealed document. False: it lies in memory only and is gone when the page is closed. */
export async function keepFile(caseId: string, upload: KeptUpload, file: Blob): Promise<boolean> {
  const key = keyOf(caseId, upload.meta.id)
  memory.set(key, { upload, file })
  const stored = (await writeOpfs(caseId, upload.meta.id, file)) || (await put('files', key, file))
  const { meta, ...others } = upload
  const rest: StoredUpload = { id: meta.id, sha256: meta.sha256, ...others }
  return stored && (await put('uploads', key, rest))
}

export async function keptFile(caseId: string, id: string): Promise<Blob | undefined> {
  const key = keyOf(caseId, id)
  return memory.get(key)?.file ?? (await readOpfs(caseId, id)) ?? (await get<Blob>('files', key))
}

/** All uploads of the case that were not finished on this device. The vault must be open. */
export async function keptUploads(caseId: string): Promise<readonly KeptUpload[]> {
  const inMemory = [...memory.entries()]
    .filter(([key]) => key.startsWith(`${caseId}/`))
    .map(([, { upload }]) => upload)
  const known = new Set(inMemory.map(({ meta }) => meta.id))
  const stored = await allOf<StoredUpload>('uploads', caseId)
  const opened = stored.filter(({ id }) => !known.has(id)).map((one) => openStored(caseId, one))
  return [...inMemory, ...(await Promise.all(opened)).flat()]
}

/** Nothing when it was sealed for an earlier secret: it cannot be sent any more. */
async function openStored(caseId: string, stored: StoredUpload): Promise<readonly KeptUpload[]> {
  const { id, sha256, ...others } = stored
  try {
    const meta = await vault('openDocumentMeta', others.sealedMeta, { id, sha256 })
    return [{ meta, ...others }]
  } catch {
    await dropFile(caseId, id)
    return []
  }
}

export async function dropFile(caseId: string, id: string): Promise<void> {
  const key = keyOf(caseId, id)
  memory.delete(key)
  await Promise.all([
    drop('uploads', key),
    drop('files', key),
    folder(caseId, false)
      .then((entries) => entries.removeEntry(id))
      .catch(() => undefined),
  ])
}

/** Removes every sealed document of a case from this device. */
export async function wipeFiles(caseId: string): Promise<void> {
  memory.clear()
  try {
    const root = await navigator.storage.getDirectory()
    await root.removeEntry(folderName(caseId), { recursive: true })
  } catch {
    // There was none, or no OPFS at all.
  }
}

/** Removes the folders of cases in which no file was written since an instant (milliseconds). */
export async function wipeFilesBefore(instant: number): Promise<void> {
  try {
    const root = await navigator.storage.getDirectory()
    for await (const [name, handle] of root.entries()) {
      const isOurs = handle.kind === 'directory' && name.startsWith(FOLDER_PREFIX)
      if (isOurs && (await newestIn(handle)) < instant) {
        await root.removeEntry(name, { recursive: true })
      }
    }
  } catch {
    // No OPFS in this browser, or another tab holds a file: the next start tries again.
  }
}

async function newestIn(entries: FileSystemDirectoryHandle): Promise<number> {
  let newest = 0
  for await (const handle of entries.values()) {
    if (handle.kind !== 'file') continue
    newest = Math.max(newest, (await handle.getFile()).lastModified)
  }
  return newest
}
