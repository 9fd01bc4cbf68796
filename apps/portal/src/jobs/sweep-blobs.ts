// Removes blobs that no row refers to ([Note: Blob names]): uploads cut off before their row, deletes cut off after their commit.
import { ORPHANED_BLOB_HOURS } from '@einmal-pin/domain/retention'
import type { Portal } from '../portal.ts'
import { isReferred } from '../store/parts.ts'

const HOUR_MILLISECONDS = 3_600_000

/** `olderThanHours` is for tests; younger blobs may still get their row. */
export async function sweepBlobs(
  { blobs, database }: Pick<Portal, 'blobs' | 'database'>,
  signal: AbortSignal,
  olderThanHours: number = ORPHANED_BLOB_HOURS,
): Promise<number> {
  const olderThan = olderThanHours * HOUR_MILLISECONDS
  let removed = await blobs.sweep(olderThan)
  for await (const { key, writtenAt } of blobs.list()) {
    if (signal.aborted) break
    // The store's own times on both sides: a day is far more than clocks differ.
    if (Date.now() - writtenAt.getTime() < olderThan) continue
    if (await isReferred(database.kysely, key)) continue
    await blobs.delete(key)
    removed += 1
  }
  return removed
}
