// Parts of documents: a row for every durable blob. The row decides, the blob's name is drawn anew for every upload.

import type { BlobKey } from '@einmal-pin/platform/blob-store'
import type { Queryable } from '@einmal-pin/platform/database'
import { toHex } from '@einmal-pin/vault/base64url'
import { randomBytes } from '@einmal-pin/vault/random'
import type { PortalTables } from './schema.ts'

type Db = Queryable<PortalTables>

// [Note: Blob names]
// A blob's name is never used twice. So a delete after a commit, the sweeper, or a repeated upload can never take away the bytes of a
// row that was written meanwhile; a blob without a row is rubbish for good and may go after a day.

export const newBlobKey = (caseId: string): BlobKey => `${caseId}/${toHex(randomBytes(16))}`

export type Place = { readonly caseId: string; readonly documentId: string }
export type Part = {
  readonly part: number
  readonly sha256: string
  readonly size: number
  readonly blobKey: BlobKey
}

export async function listParts(db: Db, place: Place): Promise<readonly Part[]> {
  return await db
    .selectFrom('parts')
    .where('case_id', '=', place.caseId)
    .where('document_id', '=', place.documentId)
    .select(['part', 'sha256', 'size', 'blob_key as blobKey'])
    .orderBy('part')
    .execute()
}

/**
 * Deletes one document, or without `documentId` all of them, with their parts. Returns the blobs that nobody refers to any more: they
 * are deleted after the commit.
 */
export async function deleteDocuments(
  db: Db,
  caseId: string,
  documentId?: string,
): Promise<readonly BlobKey[]> {
  const documents = await db
    .selectFrom('documents')
    .where('case_id', '=', caseId)
    .$if(documentId !== undefined, (query) => query.where('document_id', '=', documentId ?? ''))
    .select('document_id')
    .execute()
  return await deleteThese(
    db,
    caseId,
    documents.map(({ document_id }) => document_id),
  )
}

/** Deletes what is not in `kept`; returns blobs like {@link deleteDocuments}. */
export async function deleteDocumentsExcept(
  db: Db,
  caseId: string,
  kept: readonly string[],
): Promise<readonly BlobKey[]> {
  const documents = await db
    .selectFrom('documents')
    .where('case_id', '=', caseId)
    .select('document_id')
    .execute()
  const doomed = documents.map(({ document_id }) => document_id).filter((id) => !kept.includes(id))
  return await deleteThese(db, caseId, doomed)
}

async function deleteThese(
  db: Db,
  caseId: string,
  documentIds: readonly string[],
): Promise<readonly BlobKey[]> {
  if (documentIds.length === 0) return []
  const parts = await db
    .deleteFrom('parts')
    .where('case_id', '=', caseId)
    .where('document_id', 'in', documentIds)
    .returning('blob_key')
    .execute()
  await db
    .deleteFrom('documents')
    .where('case_id', '=', caseId)
    .where('document_id', 'in', documentIds)
    .execute()
  return parts.map(({ blob_key }) => blob_key)
}

/** Whether a row refers to this blob. */
export async function isReferred(db: Db, blobKey: BlobKey): Promise<boolean> {
  const row = await db
    .selectFrom('parts')
    .where('blob_key', '=', blobKey)
    .select('part')
    .executeTakeFirst()
  return row !== undefined
}
