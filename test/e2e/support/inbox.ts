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

/** Ids of documents are random: of a list of them only the length can be foreseen. */
const isDocument = (value: unknown) =>
  value === 'file' || /^d[0-9a-hjkmnp-tv-z]{19}$/.test(String(value))
const withoutIds = (answers: unknown): unknown =>
  JSON.parse(JSON.stringify(answers), (_key, value) =>
    Array.isArray(value) && value.length > 0 && value.every(isDocument) ? value.length : value,
  )

/** The office has exactly these answers and finds nothing that deviates from the form. */
export async function expectArrived(desk: Desk, caseId: string, answers: unknown): Promise<void> {
  expect((await inboxItem(desk, caseId)).deviations).toEqual([])
  const bytes = expectOk(await desk.office.exportFile(caseId, 'data.json'))
  const data = JSON.parse(new TextDecoder().decode(bytes))
  expect(withoutIds(data.answers)).toEqual(withoutIds(answers))
}
