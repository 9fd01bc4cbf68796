// The same sealed form as at-rest.ts for files that must not be held in memory.
import { type CipherGCM, createCipheriv, createDecipheriv, type DecipherGCM } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, unlink } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AEAD_NONCE_BYTES, AEAD_OVERHEAD, AEAD_TAG_BYTES } from './aead.ts'
import { atRestAad, type DataKey } from './at-rest.ts'
import type { Bytes } from './bytes.ts'
import { randomBytes } from './entropy.ts'
import { VaultError } from './vault-error.ts'

/** Where a sealed file belongs: the data key and what stands in the AAD. */
export type AtRestPlace = {
  readonly dataKey: DataKey
  readonly caseId: string
  readonly name: string
}

/**
 * Seals a stream into a file: written under a temporary name, synced, then renamed. Rejects with the
 * stream's or the file system's error and leaves no file.
 */
export const sealFileAtRest = async (
  place: AtRestPlace,
  content: Readable,
  path: string,
): Promise<void> => {
  const nonce = randomBytes(AEAD_NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', place.dataKey, nonce)
  cipher.setAAD(atRestAad(place.caseId, place.name))
  const framed = async function* (chunks: AsyncIterable<Uint8Array>) {
    yield nonce
    yield* encrypted(chunks, cipher)
    yield cipher.getAuthTag()
  }
  await commitFile(path, (temporary) =>
    pipeline(content, framed, createWriteStream(temporary, { flags: 'wx', mode: 0o600 })),
  )
}

/**
 * Opens a sealed file into another file, which appears only after the last byte has verified. Throws
 * VaultError `atRest.refused`.
 */
export const openFileAtRest = async (
  place: AtRestPlace,
  sealedPath: string,
  path: string,
): Promise<void> => {
  const { size, nonce, tag } = await readEnds(sealedPath)
  const decipher = createDecipheriv('aes-256-gcm', place.dataKey, nonce)
  decipher.setAAD(atRestAad(place.caseId, place.name))
  decipher.setAuthTag(tag)
  const ciphertext = ciphertextOf(sealedPath, size)
  await commitFile(path, async (temporary) => {
    const target = createWriteStream(temporary, { flags: 'wx', mode: 0o600 })
    await pipeline(ciphertext, (chunks) => decrypted(chunks, decipher), target)
  })
}

async function* encrypted(chunks: AsyncIterable<Uint8Array>, cipher: CipherGCM) {
  for await (const chunk of chunks) yield cipher.update(chunk)
  cipher.final()
}

async function* decrypted(chunks: AsyncIterable<Uint8Array>, decipher: DecipherGCM) {
  for await (const chunk of chunks) yield decipher.update(chunk)
  try {
    decipher.final()
  } catch {
    throw new VaultError('atRest.refused')
  }
}

const ciphertextOf = (path: string, size: number): Readable =>
  size === AEAD_OVERHEAD
    ? Readable.from([])
    : createReadStream(path, { start: AEAD_NONCE_BYTES, end: size - AEAD_TAG_BYTES - 1 })

const readEnds = async (path: string): Promise<{ size: number; nonce: Bytes; tag: Bytes }> => {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size < AEAD_OVERHEAD) throw new VaultError('atRest.refused')
    const nonce = new Uint8Array(AEAD_NONCE_BYTES)
    const tag = new Uint8Array(AEAD_TAG_BYTES)
    await file.read(nonce, 0, nonce.length, 0)
    await file.read(tag, 0, tag.length, size - tag.length)
    return { size, nonce, tag }
  } finally {
    await file.close()
  }
}

const commitFile = async (path: string, write: (temporary: string) => Promise<void>) => {
  const temporary = `${path}.${Buffer.from(randomBytes(8)).toString('hex')}.tmp`
  try {
    await write(temporary)
    const file = await open(temporary, 'r')
    await file.sync().finally(() => file.close())
    await rename(temporary, path)
  } catch (error) {
    await unlink(temporary).catch(() => undefined)
    throw error
  }
}
