// Runs one piece of retention per case: each under the case's lock, in its own transaction, looking again before it acts.
import type { BlobKey } from '@einmal-pin/platform/blob-store'
import type { Transaction } from 'kysely'
import { deleteBlobs } from '../documents/delete-blobs.ts'
import type { Portal } from '../portal.ts'
import { type CaseRow, lockCase } from '../store/pins.ts'
import type { PortalTables } from '../store/schema.ts'

/** Returns the blobs to delete after the commit. */
export type CaseWork = (
  tx: Transaction<PortalTables>,
  locked: CaseRow,
) => Promise<readonly BlobKey[]>

/** Cases that a run takes; what is left waits for the next. */
export const CASES_A_RUN = 1_000

export async function eachCase(
  portal: Portal,
  found: readonly { readonly case_id: string }[],
  signal: AbortSignal,
  work: CaseWork,
): Promise<void> {
  for (const { case_id: caseId } of found) {
    if (signal.aborted) return
    const orphans = await portal.database.transaction(async (tx) => {
      const locked = await lockCase(tx, caseId)
      return locked === undefined ? [] : await work(tx, locked)
    })
    await deleteBlobs(portal, orphans)
  }
}
