// Deletes blobs after the commit that took their rows away.
import type { BlobKey, BlobStore } from '@einmal-pin/platform/blob-store'

/** A failure is no harm to the caller's answer: the sweeper finds what is left ([Note: Blob names]). */
export async function deleteBlobs(
  { blobs }: { readonly blobs: BlobStore },
  keys: readonly BlobKey[],
): Promise<void> {
  await Promise.allSettled(keys.map((key) => blobs.delete(key)))
}
