// The office fetches what was sent and says what became of it.

import { toBase64url } from '@einmal-pin/vault/base64url'
import type { SubmissionAcknowledged, SubmissionOffer } from '@einmal-pin/wire/office-link'
import { problem } from '@einmal-pin/wire/problem'
import { ANSWERS_BLOB } from '@einmal-pin/wire/submission'
import type { Transaction } from 'kysely'
import { deleteBlobs } from '../documents/delete-blobs.ts'
import { readParts } from '../documents/read-parts.ts'
import type { Portal } from '../portal.ts'
import { completeDocuments } from '../store/documents.ts'
import { deleteDocuments, listParts } from '../store/parts.ts'
import { lockCase, setCaseState } from '../store/pins.ts'
import type { PortalTables } from '../store/schema.ts'
import { acknowledge, findSubmission, type SubmissionRow } from '../store/submissions.ts'

type Tx = Transaction<PortalTables>
type Waiting = SubmissionRow & { readonly manifest: Buffer; readonly answers: Buffer }

/** Throws `submission.none` when nothing is waiting. */
export async function offerSubmission(portal: Portal, caseId: string): Promise<SubmissionOffer> {
  return await portal.database.transaction(async (tx) => {
    const sent = await waiting(tx, caseId)
    const { receipt, manifest, answers, answers_sha256: sha256 } = sent
    const documents = await completeDocuments(tx, caseId)
    return {
      receipt,
      manifest: toBase64url(manifest),
      blobs: [{ id: ANSWERS_BLOB, sha256, size: answers.length }, ...documents],
    }
  })
}

export type OfferedBlob = {
  readonly size: number
  readonly chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

/** One blob of the frozen set. Throws `submission.none` when it does not belong to it. */
export async function offerBlob(
  portal: Portal,
  caseId: string,
  blobId: string,
): Promise<OfferedBlob> {
  return await portal.database.transaction(async (tx) => {
    const { answers } = await waiting(tx, caseId)
    if (blobId === ANSWERS_BLOB) return { size: answers.length, chunks: [answers] }
    const document = (await completeDocuments(tx, caseId)).find(({ id }) => id === blobId)
    if (document === undefined) throw problem('submission.none')
    const parts = await listParts(tx, { caseId, documentId: blobId })
    return { size: document.size, chunks: readParts(portal.blobs, parts) }
  })
}

/**
 * The office holds every byte durably: the ciphertext goes, the receipt and the office's MAC stay for the person. The same
 * acknowledgement again changes nothing. Throws `submission.none` or `command.notAllowed`.
 */
export async function acknowledgeSubmission(
  portal: Portal,
  caseId: string,
  acknowledged: SubmissionAcknowledged,
): Promise<void> {
  const orphans = await portal.database.transaction(async (tx) => {
    const opened = await lockCase(tx, caseId)
    const sent = await findSubmission(tx, caseId)
    if (opened === undefined || sent === undefined) throw problem('submission.none')
    if (!isThisReceipt(sent, acknowledged)) throw problem('command.notAllowed')
    if (sent.acknowledgement === acknowledged.acknowledgement) return []
    if (sent.acknowledgement !== null) throw problem('command.notAllowed')
    await acknowledge(tx, portal.clock, caseId, acknowledged.acknowledgement)
    await setCaseState(tx, caseId, 'received')
    const blobs = await deleteDocuments(tx, caseId)
    await portal.writes.count(tx)
    return blobs
  })
  await deleteBlobs(portal, orphans)
}

const isThisReceipt = (
  { receipt }: SubmissionRow,
  { round, manifestSha256 }: SubmissionAcknowledged,
): boolean => receipt.round === round && receipt.manifestSha256 === manifestSha256

/** The office could not verify it: the frozen ciphertext stays for up to 90 days. Throws `submission.none`. */
export async function quarantineSubmission(
  portal: Portal,
  caseId: string,
  round: number,
): Promise<void> {
  await portal.database.transaction(async (tx) => {
    const opened = await lockCase(tx, caseId)
    const { receipt } = await waiting(tx, caseId)
    if (opened === undefined || receipt.round !== round) throw problem('submission.none')
    await setCaseState(tx, caseId, 'quarantined')
    await portal.writes.count(tx)
  })
}

async function waiting(tx: Tx, caseId: string): Promise<Waiting> {
  const sent = await findSubmission(tx, caseId)
  if (sent === undefined || sent.manifest === null || sent.answers === null) {
    throw problem('submission.none')
  }
  return { ...sent, manifest: sent.manifest, answers: sent.answers }
}
