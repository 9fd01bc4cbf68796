// A blob store that forgets everything with its process; for unit tests of what stands on the port.
import { err, ok } from '@einmal-pin/domain/result'
import { toHex } from '@einmal-pin/vault/base64url'
import { newStreamDigest } from '@einmal-pin/vault/digest-node'
import { type BlobStore, checkGroup, checkKey } from './blob-store.ts'

type Entry = { readonly bytes: Uint8Array; readonly sha256: string; readonly writtenAt: Date }

export function makeMemoryBlobStore(): BlobStore {
  const blobs = new Map<string, Entry>()
  const inGroup = (key: string, group?: string) =>
    group === undefined || key === group || key.startsWith(`${group}/`)
  return {
    put: async (key, body, { maxBytes, sha256 }) => {
      checkKey(key)
      const digest = newStreamDigest()
      const chunks: Uint8Array[] = []
      for await (const chunk of body) {
        digest.update(chunk)
        if (digest.size() > maxBytes) return err('blob.tooLarge')
        chunks.push(Uint8Array.from(chunk))
      }
      const stored = { size: digest.size(), sha256: toHex(digest.digest()) }
      if (sha256 !== undefined && sha256 !== stored.sha256) return err('blob.digest')
      const present = blobs.get(key)
      if (present !== undefined && present.sha256 !== stored.sha256) return err('blob.differs')
      if (present === undefined) {
        const bytes = Buffer.concat(chunks)
        blobs.set(key, { bytes, sha256: stored.sha256, writtenAt: new Date() })
      }
      return ok(stored)
    },
    get: async (key) => {
      checkKey(key)
      const entry = blobs.get(key)
      return entry && asChunks(entry.bytes)
    },
    size: async (key) => {
      checkKey(key)
      return blobs.get(key)?.bytes.length
    },
    delete: async (key) => {
      checkKey(key)
      blobs.delete(key)
    },
    deleteGroup: async (group) => {
      checkGroup(group)
      for (const key of [...blobs.keys()]) if (inGroup(key, group)) blobs.delete(key)
    },
    list: async function* (group) {
      if (group !== undefined) checkGroup(group)
      for (const [key, { bytes, writtenAt }] of [...blobs]) {
        if (inGroup(key, group)) yield { key, size: bytes.length, writtenAt }
      }
    },
    sweep: async () => 0,
    check: async () => {},
  }
}

async function* asChunks(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
