// The port to where sealed bytes lie: written once, read whole, listed and deleted; the store never looks inside.
import type { Result } from '@einmal-pin/domain/result'

/**
 * One to four segments joined with `/`, each `[a-z0-9][a-z0-9.-]{0,63}`, such as `c4k…/d7x…-0`. The first segment is the group
 * that `deleteGroup` removes. A key is checked by every call: anything else throws, for it is a mistake of the caller.
 */
export type BlobKey = string

export type StoredBlob = { readonly size: number; readonly sha256: string }

export type PutOptions = {
  /** More bytes than this end the call with `blob.tooLarge`. */
  readonly maxBytes: number
  /** Lower-case hex; another content ends the call with `blob.digest`. */
  readonly sha256?: string
}

export type PutError = 'blob.tooLarge' | 'blob.digest' | 'blob.differs'

export type ListedBlob = { readonly key: BlobKey; readonly size: number; readonly writtenAt: Date }

export type BlobStore = {
  /**
   * Returns once the bytes are durable. Nothing is visible under the key before, and nothing is left behind by a failure.
   * A key is never overwritten: the same bytes again succeed, others give `blob.differs`.
   */
  readonly put: (
    key: BlobKey,
    body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    options: PutOptions,
  ) => Promise<Result<StoredBlob, PutError>>
  /** The bytes as a stream of chunks, undefined when there is no such blob. Stop reading early by `return()`. */
  readonly get: (key: BlobKey) => Promise<AsyncIterable<Uint8Array> | undefined>
  readonly size: (key: BlobKey) => Promise<number | undefined>
  /** Durable on return; a missing blob is no mistake. */
  readonly delete: (key: BlobKey) => Promise<void>
  readonly deleteGroup: (group: string) => Promise<void>
  /** Everything, or one group. For sweepers: blobs written meanwhile may be missing. */
  readonly list: (group?: string) => AsyncIterable<ListedBlob>
  /** Removes what a killed process left half-written for longer than `olderThanMilliseconds`. */
  readonly sweep: (olderThanMilliseconds: number) => Promise<number>
  /** Throws when the store cannot take a blob; for /readyz. */
  readonly check: () => Promise<void>
}

const SEGMENT = '[a-z0-9][a-z0-9.-]{0,63}'
const KEY = new RegExp(`^${SEGMENT}(?:/${SEGMENT}){0,3}$`)
const GROUP = new RegExp(`^${SEGMENT}$`)

export function checkKey(key: BlobKey): void {
  if (!KEY.test(key)) throw new RangeError('not a blob key')
}

export function checkGroup(group: string): void {
  if (!GROUP.test(group)) throw new RangeError('not a blob group')
}

/** The whole blob in memory; for small ones such as a case package. */
export async function readBlob(store: BlobStore, key: BlobKey): Promise<Uint8Array | undefined> {
  const chunks = await store.get(key)
  if (chunks === undefined) return undefined
  const collected: Uint8Array[] = []
  for await (const chunk of chunks) collected.push(chunk)
  return Buffer.concat(collected)
}
