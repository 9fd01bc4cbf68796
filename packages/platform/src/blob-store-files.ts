// The blob store on the file system: a blob appears whole and durable or not at all, whatever is killed whenever.
import { createReadStream } from 'node:fs'
import {
  access,
  type FileHandle,
  link,
  lstat,
  mkdir,
  open,
  opendir,
  rm,
  rmdir,
  stat,
  unlink,
} from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { err, ok, type Result } from '@einmal-pin/domain/result'
import { toHex } from '@einmal-pin/vault/base64url'
import { digestFile, newStreamDigest } from '@einmal-pin/vault/digest-node'
import {
  type BlobStore,
  checkGroup,
  checkKey,
  type ListedBlob,
  type PutError,
  type PutOptions,
  type StoredBlob,
} from './blob-store.ts'
import { errorCodeOf } from './database-errors.ts'

const TEMPORARY = '.tmp-'

/** Blobs below `root`, one directory a group, files 0600; needs a file system with hard links. */
export function makeFileBlobStore(root: string): BlobStore {
  const base = resolve(root)
  const pathOf = (key: string) => {
    checkKey(key)
    return join(base, key)
  }
  return {
    put: (key, body, options) => putFile(base, pathOf(key), body, options),
    get: (key) => readFileStream(pathOf(key)),
    size: async (key) => (await statIfThere(pathOf(key)))?.size,
    delete: async (key) => {
      const path = pathOf(key)
      await rm(path, { force: true })
      await syncDirectory(dirname(path))
      await removeEmpty(base, dirname(path))
    },
    deleteGroup: async (group) => {
      checkGroup(group)
      await rm(join(base, group), { recursive: true, force: true, maxRetries: 3 })
      await syncDirectory(base)
    },
    list: (group) => {
      if (group !== undefined) checkGroup(group)
      return listFiles(base, group ?? '')
    },
    sweep: (olderThan) => sweepTemporary(base, olderThan),
    check: async () => {
      await mkdir(base, { recursive: true, mode: 0o700 })
      await access(base)
    },
  }
}

let temporaryNumber = 0

/** Unique among living processes; a name left by a dead one with the same number only fails the `wx` and is counted on. */
function temporaryName(): string {
  temporaryNumber += 1
  return `${TEMPORARY}${process.pid}-${Math.trunc(performance.timeOrigin)}-${temporaryNumber}`
}

async function putFile(
  base: string,
  path: string,
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: PutOptions,
): Promise<Result<StoredBlob, PutError>> {
  const directory = dirname(path)
  await makeDirectory(base, directory)
  const temporary = join(base, temporaryName())
  try {
    const written = await writeTemporary(temporary, body, options)
    return written.ok ? await publish(base, temporary, path, written.value) : written
  } finally {
    await unlink(temporary).catch(() => {})
  }
}

/** Pieces are gathered up to this size: a call of the file system for each small one would cost more than the writing. */
const BATCH_BYTES = 1024 * 1024

async function writeAll(file: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  let rest = chunks.filter(({ length }) => length > 0)
  while (rest.length > 0) {
    const { bytesWritten } = await file.writev(rest)
    rest = without(rest, bytesWritten)
  }
}

/** What is left of the chunks behind their first `bytes`: a write may stop early. */
function without(chunks: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let skip = bytes
  return chunks.flatMap((chunk) => {
    const left = chunk.subarray(Math.min(skip, chunk.length))
    skip -= chunk.length - left.length
    return left.length > 0 ? [left] : []
  })
}

async function writeTemporary(
  temporary: string,
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { maxBytes, sha256 }: PutOptions,
): Promise<Result<StoredBlob, PutError>> {
  const digest = newStreamDigest()
  const file = await open(temporary, 'wx', 0o600)
  try {
    let waiting: Uint8Array[] = []
    let written = 0
    for await (const chunk of body) {
      digest.update(chunk)
      if (digest.size() > maxBytes) return err('blob.tooLarge')
      waiting.push(chunk)
      if (digest.size() - written < BATCH_BYTES) continue
      await writeAll(file, waiting)
      waiting = []
      written = digest.size()
    }
    await writeAll(file, waiting)
    const stored = { size: digest.size(), sha256: toHex(digest.digest()) }
    if (sha256 !== undefined && sha256 !== stored.sha256) return err('blob.digest')
    await file.sync()
    return ok(stored)
  } finally {
    await file.close()
  }
}

/** `link` fails where `rename` would overwrite; the directory's entry is durable only after its own fsync. */
async function publish(
  base: string,
  temporary: string,
  path: string,
  stored: StoredBlob,
): Promise<Result<StoredBlob, PutError>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await link(temporary, path)
      break
    } catch (error) {
      if (errorCodeOf(error) === 'EEXIST') {
        const present = await digestFile(path)
        if (toHex(present.sha256) !== stored.sha256) return err('blob.differs')
        break
      }
      // A delete of the group's last blob may have taken the directory away in between.
      if (errorCodeOf(error) !== 'ENOENT' || attempt === 5) throw error
      await makeDirectory(base, dirname(path))
    }
  }
  await syncDirectory(dirname(path))
  return ok(stored)
}

async function makeDirectory(base: string, directory: string): Promise<void> {
  const first = await mkdir(directory, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  // Every new directory's entry stands in its parent.
  for (let made = directory; made.length >= first.length; made = dirname(made)) {
    await syncDirectory(dirname(made))
    if (made === base) break
  }
}

async function syncDirectory(directory: string): Promise<void> {
  try {
    const handle = await open(directory, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (errorCodeOf(error) !== 'ENOENT') throw error
  }
}

async function removeEmpty(base: string, directory: string): Promise<void> {
  for (let empty = directory; empty !== base; empty = dirname(empty)) {
    try {
      await rmdir(empty)
    } catch {
      return
    }
  }
}

async function statIfThere(path: string) {
  try {
    const found = await lstat(path)
    return found.isFile() ? found : undefined
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

const isMissing = (error: unknown) => ['ENOENT', 'ENOTDIR'].includes(errorCodeOf(error) ?? '')

async function readFileStream(path: string): Promise<AsyncIterable<Uint8Array> | undefined> {
  if ((await statIfThere(path)) === undefined) return undefined
  const handle = await open(path, 'r').catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw error
  })
  return handle && createReadStream('', { fd: handle, highWaterMark: 256 * 1024 })
}

async function* listFiles(base: string, below: string): AsyncIterable<ListedBlob> {
  const directory = await opendir(join(base, below)).catch(() => undefined)
  if (directory === undefined) return
  for await (const entry of directory) {
    if (entry.name.startsWith('.')) continue
    const key = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) yield* listFiles(base, key)
    const found = entry.isFile() ? await statIfThere(join(base, key)) : undefined
    if (found !== undefined) yield { key, size: found.size, writtenAt: found.mtime }
  }
}

async function sweepTemporary(base: string, olderThan: number): Promise<number> {
  const directory = await opendir(base).catch(() => undefined)
  if (directory === undefined) return 0
  let removed = 0
  for await (const entry of directory) {
    const path = join(base, entry.name)
    if (!entry.name.startsWith(TEMPORARY)) continue
    const found = await stat(path).catch(() => undefined)
    if (found === undefined || Date.now() - found.mtimeMs < olderThan) continue
    await rm(path, { force: true })
    removed += 1
  }
  return removed
}
