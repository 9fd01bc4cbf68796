// A document's bytes from its parts, one after the other.
import type { BlobStore } from '@einmal-pin/platform/blob-store'
import type { Part } from '../store/parts.ts'

/** Throws when a blob is missing: an acknowledged part must never be. */
export async function* readParts(
  blobs: BlobStore,
  parts: readonly Part[],
): AsyncGenerator<Uint8Array> {
  for (const { blobKey } of parts) {
    const chunks = await blobs.get(blobKey)
    if (chunks === undefined) throw new Error('a part is without its bytes')
    yield* chunks
  }
}
