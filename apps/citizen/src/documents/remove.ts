// Takes documents out of the case: out of the draft first, then from this device and from the portal.
import { api } from '../case/api.ts'
import { flush } from '../case/draft-sync.ts'
import { handledRefusal } from '../case/leave.ts'
import { caseState } from '../case/state.svelte.ts'
import { dropFile } from './sealed-files.ts'
import { detach } from './slots.ts'
import { type Upload, uploads } from './uploads.svelte.ts'

/** The document, and the one that it was about to replace. */
export async function removeDocument(upload: Upload): Promise<void> {
  const { id, replaces } = upload
  // A line that failed stands for nothing yet: what it was to replace is still there.
  if (id.startsWith('new-')) return uploads.remove(id)
  const replaced = replaces === undefined ? undefined : uploads.find(replaces)
  await dropDocuments(replaced ? [upload, replaced] : [upload])
}

export async function dropDocuments(list: readonly Upload[]): Promise<void> {
  const caseId = caseState.place?.caseId ?? ''
  for (const { id, slot } of list) {
    uploads.remove(id)
    detach(id, slot)
  }
  for (const { id } of list) {
    await dropFile(caseId, id)
    await deleteAtPortal(id)
  }
}

/** The removal is in the draft first; if the line is down, the next opening of the case finishes it. */
export async function deleteAtPortal(id: string): Promise<void> {
  const client = api()
  if (!(await flush())) return
  const answer = await client.removeDocument(id)
  if (!answer.ok) await handledRefusal(answer.code)
}
