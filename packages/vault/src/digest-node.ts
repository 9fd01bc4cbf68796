// SHA-256 in Node: over streams, for bodies that must not be held in memory, and at once for short ones.
import { createHash, hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Transform } from 'node:stream'
import { type Bytes, plain } from './bytes.ts'

/** SHA-256 of bytes that are all there, lower-case hex; without a trip to the thread pool. */
export const sha256HexNow = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex')

export type StreamDigest = {
  /** Bytes seen so far. */
  readonly size: () => number
  /** SHA-256 (32 bytes) of all bytes seen; only once, after the last `update`. */
  readonly digest: () => Bytes
  readonly update: (chunk: Uint8Array) => void
}

export const newStreamDigest = (): StreamDigest => {
  const hash = createHash('sha256')
  let size = 0
  return {
    size: () => size,
    digest: () => plain(hash.digest()),
    update: (chunk) => {
      size += chunk.length
      hash.update(chunk)
    },
  }
}

/** A transform that hands every byte on unchanged and counts and digests it. */
export const digesting = (digest: StreamDigest): Transform =>
  new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      digest.update(chunk)
      done(null, chunk)
    },
  })

/** Size and SHA-256 of a file. Rejects with the file system's error when it cannot be read. */
export const digestFile = async (path: string): Promise<{ size: number; sha256: Bytes }> => {
  const digest = newStreamDigest()
  for await (const chunk of createReadStream(path)) digest.update(chunk)
  return { size: digest.size(), sha256: digest.digest() }
}
