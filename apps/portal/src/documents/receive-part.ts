// Takes one part of a document: durable first, then its row under the case's lock, then the answer.
import { toHex } from '@einmal-pin/vault/base64url'
import { parseContentDigest } from '@einmal-pin/vault/digest'
import type { PartReceived } from '@einmal-pin/wire/case-session'
import { problem } from '@einmal-pin/wire/problem'
import type { Transaction } from 'kysely'
import type { Portal } from '../portal.ts'
import { documentState, sizeOfPart } from '../store/documents.ts'
import { type Claim, openCase } from '../store/open-case.ts'
import { addPart, listParts, newBlobKey, type Part, type Place } from '../store/parts.ts'
import type { PortalTables } from '../store/schema.ts'
import { deleteBlobs } from './delete-blobs.ts'

type Tx = Transaction<PortalTables>

export type IncomingPart = {
  readonly documentId: string
  readonly part: number
  readonly contentDigest: string | undefined
  readonly bytes: Uint8Array
}

/**
 * The same part again is answered like the first time. Throws `request.digest`, `part.range`, `part.differs`, `document.none`,
 * `document.complete` and the gate's reasons.
 */
export async function receivePart(
  portal: Portal,
  claim: Claim,
  incoming: IncomingPart,
): Promise<PartReceived> {
  const digest = parseContentDigest(incoming.contentDigest)
  if (digest === undefined) throw problem('request.digest')
  const sha256 = toHex(digest)
  const place = { caseId: claim.caseId, documentId: incoming.documentId }
  const known = await portal.database.transaction(async (tx) => {
    await openCase(tx, portal.clock, claim)
    return await judge(tx, place, incoming, sha256)
  })
  if (known !== undefined) return known
  const part = await store(portal, place, incoming, sha256)
  return await keep(portal, claim, place, part)
}

/** What is received already, if this part is among it; undefined when it is wanted. */
async function judge(
  tx: Tx,
  place: Place,
  { part, bytes }: IncomingPart,
  sha256: string,
): Promise<PartReceived | undefined> {
  const document = await documentState(tx, place.caseId, place.documentId)
  if (document === undefined) throw problem('document.none')
  const size = sizeOfPart(document, part)
  if (size === 0 || bytes.length !== size) throw problem('part.range', { expectedBytes: size })
  const present = (await listParts(tx, place)).find((candidate) => candidate.part === part)
  if (present === undefined && document.complete) throw problem('document.complete')
  if (present === undefined) return undefined
  if (present.sha256 !== sha256) throw problem('part.differs')
  return { received: document.received }
}

async function store(
  { blobs }: Portal,
  { caseId }: Place,
  { part, bytes }: IncomingPart,
  sha256: string,
): Promise<Part> {
  const blobKey = newBlobKey(caseId)
  const stored = await blobs.put(blobKey, [bytes], { maxBytes: bytes.length, sha256 })
  if (!stored.ok) throw problem('request.digest')
  return { part, sha256, size: bytes.length, blobKey }
}

async function keep(portal: Portal, claim: Claim, place: Place, part: Part): Promise<PartReceived> {
  const { database, clock } = portal
  try {
    const { added, received } = await database.transaction(async (tx) => {
      await openCase(tx, clock, claim)
      const document = await documentState(tx, place.caseId, place.documentId)
      if (document === undefined) throw problem('document.none')
      const added = await addPart(tx, clock, place, part)
      const parts = await listParts(tx, place)
      const row = parts.find((candidate) => candidate.part === part.part)
      if (row?.sha256 !== part.sha256) throw problem('part.differs')
      return { added, received: parts.map((candidate) => candidate.part) }
    })
    if (!added) await deleteBlobs(portal, [part.blobKey])
    return { received }
  } catch (error) {
    // After a lost connection the row may exist all the same: only a known refusal makes the blob rubbish.
    if (error instanceof Error && error.name === 'ProblemError') {
      await deleteBlobs(portal, [part.blobKey])
    }
    throw error
  }
}
