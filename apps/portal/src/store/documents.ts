// Announced documents with their reserved quota; the parts lie in parts.ts.

import type { Clock } from '@einmal-pin/platform/clock'
import type { Queryable } from '@einmal-pin/platform/database'
import type { DocumentAnnounced, DocumentList, DocumentState } from '@einmal-pin/wire/case-session'
import { MAX_CASE_BYTES, MAX_DOCUMENTS, MAX_SEAL_OVERHEAD_BYTES } from '@einmal-pin/wire/limits'
import { sql } from 'kysely'
import type { PortalTables } from './schema.ts'

type Db = Queryable<PortalTables>

/** Ciphertext bytes of a case: the promised 100 MiB and what sealing adds to each document. */
export const CASE_QUOTA_BYTES = MAX_CASE_BYTES + MAX_DOCUMENTS * MAX_SEAL_OVERHEAD_BYTES

const COLUMNS = [
  'document_id as id',
  'size',
  'part_size as partSize',
  'sha256',
  'metadata',
  'complete',
  'created_at as createdAt',
] as const

const RECEIVED = sql<readonly number[]>`coalesce((
  select array_agg(p.part order by p.part) from parts p
  where p.case_id = documents.case_id and p.document_id = documents.document_id), '{}')`

const statesOf = (db: Db, caseId: string) =>
  db
    .selectFrom('documents')
    .where('case_id', '=', caseId)
    .select([...COLUMNS, RECEIVED.as('received')])
    .orderBy('created_at')
    .orderBy('document_id')

type StateRow = Omit<DocumentState, 'createdAt' | 'received'> & {
  readonly createdAt: Date
  readonly received: readonly number[]
}

const stateOf = (row: StateRow): DocumentState => ({
  ...row,
  received: [...row.received],
  createdAt: row.createdAt.toISOString(),
})

export async function documentState(
  db: Db,
  caseId: string,
  documentId: string,
): Promise<DocumentState | undefined> {
  const row = await statesOf(db, caseId).where('document_id', '=', documentId).executeTakeFirst()
  return row && stateOf(row)
}

export async function listDocuments(db: Db, caseId: string): Promise<DocumentList> {
  const documents = (await statesOf(db, caseId).execute()).map(stateOf)
  const usedBytes = documents.reduce((sum, { size }) => sum + size, 0)
  return {
    documents,
    quota: {
      bytes: CASE_QUOTA_BYTES,
      usedBytes,
      documents: MAX_DOCUMENTS,
      usedDocuments: documents.length,
    },
  }
}

/**
 * Reserves the quota; undefined when it does not suffice or the document is announced already. The caller holds the case's exclusive lock,
 * so that two never share a rest.
 */
export async function announceDocument(
  db: Db,
  clock: Clock,
  caseId: string,
  announced: DocumentAnnounced,
): Promise<DocumentState | undefined> {
  const { id, size, partSize, sha256, metadata } = announced
  const { rows } = await sql<{ readonly createdAt: Date }>`
    insert into documents (case_id, document_id, size, part_size, sha256, metadata, created_at)
    select ${caseId}, ${id}, ${size}::bigint, ${partSize}::int, ${sha256}, ${metadata}, ${clock.sql}
    from documents where case_id = ${caseId}
    having count(*) < ${MAX_DOCUMENTS} and coalesce(sum(size), 0) + ${size}::bigint <= ${CASE_QUOTA_BYTES}
    on conflict (case_id, document_id) do nothing
    returning created_at as "createdAt"`.execute(db)
  const [row] = rows
  return row && stateOf({ ...announced, complete: false, createdAt: row.createdAt, received: [] })
}

export async function markComplete(db: Db, caseId: string, documentId: string): Promise<void> {
  await db
    .updateTable('documents')
    .set({ complete: true })
    .where('case_id', '=', caseId)
    .where('document_id', '=', documentId)
    .execute()
}

export type DocumentDigest = { readonly id: string; readonly sha256: string; readonly size: number }

/** What can be sent: the complete documents with their digests. */
export async function completeDocuments(
  db: Db,
  caseId: string,
): Promise<readonly DocumentDigest[]> {
  return await db
    .selectFrom('documents')
    .where('case_id', '=', caseId)
    .where('complete', '=', true)
    .select(['document_id as id', 'sha256', 'size'])
    .orderBy('document_id')
    .execute()
}

export const numberOfParts = ({ size, partSize }: { size: number; partSize: number }): number =>
  Math.ceil(size / partSize)

/** Bytes of the part with this number; 0 when the document has no such part. */
export function sizeOfPart(document: { size: number; partSize: number }, part: number): number {
  const rest = document.size - part * document.partSize
  return part < numberOfParts(document) ? Math.min(document.partSize, rest) : 0
}
