// Sealed documents wait here until the portal has every part: in OPFS, else IndexedDB, else memory.

import type { DocumentMeta } from '@einmal-pin/vault/manifest'
import { allOf, drop, get, put } from '../case/device-storage.ts'

/** What is needed to go on with an upload after a reload. */
export interface KeptUpload {
  readonly meta: DocumentMeta
  readonly sealedMeta: string
}

const memory = new Map<string, { readonly upload: KeptUpload; readonly file: Blob }>()

const keyOf = (caseId: string, id: string): string => `${caseId}/${id}`

const folderName = (caseId: string): string => `ep-${caseId}`

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
  return stored && (await put('uploads', key, upload))
}

export async function keptFile(caseId: string, id: string): Promise<Blob | undefined> {
  const key = keyOf(caseId, id)
  return memory.get(key)?.file ?? (await readOpfs(caseId, id)) ?? (await get<Blob>('files', key))
}

/** All uploads of the case that were not finished on this device. */
export async function keptUploads(caseId: string): Promise<readonly KeptUpload[]> {
  const stored = await allOf<KeptUpload>('uploads', caseId)
  const ids = new Set(stored.map(({ meta }) => meta.id))
  const inMemory = [...memory.entries()]
    .filter(([key, { upload }]) => key.startsWith(`${caseId}/`) && !ids.has(upload.meta.id))
    .map(([, { upload }]) => upload)
  return [...stored, ...inMemory]
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
