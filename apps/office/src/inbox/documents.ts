// A document in clear, for the demonstration only: until scanning exists nobody opens what a stranger sent.
import { readBlob } from '@einmal-pin/platform/blob-store'
import type { CaseKeys } from '@einmal-pin/vault/case-secret'
import type { ManifestBlob } from '@einmal-pin/vault/manifest'
import { openSubmittedDocument } from '@einmal-pin/vault/submission-opening'
import { problem } from '@einmal-pin/wire/problem'
import type { Actor } from '../audit/audit.ts'
import { blobKey } from '../intake/blob-key.ts'
import { openCaseKeys } from '../intake/case-keys.ts'
import type { Office } from '../office.ts'
import { openSubmission } from './open-submission.ts'

/** Throws `document.unscanned` outside the demonstration (promise 7). */
export function refuseUnscanned({ config }: Office): void {
  if (!config.demo) throw problem('document.unscanned')
}

/** Throws `document.unscanned`, `inbox.none` or `document.none`. */
export async function readDocument(
  office: Office,
  caseId: string,
  documentId: string,
  actor: Actor,
): Promise<{ readonly blob: ManifestBlob; readonly bytes: Uint8Array }> {
  refuseUnscanned(office)
  const opened = await openSubmission(office, caseId, { actor, action: 'document.read' })
  const blob = opened.documents.find(({ id }) => id === documentId)
  if (blob === undefined) throw problem('document.none')
  const place = { caseId, round: opened.submission.round }
  const keys = await openCaseKeys(office, place, actor)
  return { blob, bytes: await decryptDocument(office, place, blob, keys) }
}

export async function decryptDocument(
  { blobs }: Office,
  { caseId, round }: { readonly caseId: string; readonly round: number },
  blob: ManifestBlob,
  keys: CaseKeys,
): Promise<Uint8Array> {
  const sealed = await readBlob(blobs, blobKey(caseId, round, blob.id))
  if (sealed === undefined) throw problem('document.none')
  return openSubmittedDocument(sealed, blob, keys)
}
