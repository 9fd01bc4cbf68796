// What the office has of a submission, once the courier has fetched it.
import type { InboxDetail } from '@einmal-pin/wire/office-api'
import { expect } from '@playwright/test'
import { type Desk, expectOk } from '../../harness/desk.ts'

/** Waits until the submission is in the inbox. */
export async function inboxItem(desk: Desk, caseId: string): Promise<InboxDetail> {
  await expect(async () => {
    expect((await desk.office.inboxItem(caseId)).ok).toBe(true)
  }).toPass()
  return expectOk(await desk.office.inboxItem(caseId))
}

export interface ExportedFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** The decrypted files of a submission as the export hands them out. */
export async function exportedFiles(desk: Desk, caseId: string): Promise<readonly ExportedFile[]> {
  const { files } = expectOk(await desk.office.exportManifest(caseId))
  return Promise.all(
    files.map(async ({ path }) => ({
      path,
      bytes: expectOk(await desk.office.exportFile(caseId, path)),
    })),
  )
}
