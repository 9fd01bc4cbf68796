// Takes one part of a document: looked at before its bytes are read, durable first, then its row under the case's lock, then the answer.
import { toHex } from '@einmal-pin/vault/base64url'
import { parseContentDigest } from '@einmal-pin/vault/digest'
import type { PartReceived } from '@einmal-pin/wire/case-session'
import { MAX_PART_BYTES } from '@einmal-pin/wire/limits'
import { ProblemError, problem } from '@einmal-pin/wire/problem'
import type { Portal } from '../portal.ts'
import { sizeOfPart } from '../store/documents.ts'
import { keepPart, lookAtPart, type SeenPart } from '../store/incoming-parts.ts'
import { type Claim, openCase, reasonAgainst, sessionOf } from '../store/open-case.ts'
import { newBlobKey, type Part, type Place } from '../store/parts.ts'
import { deleteBlobs } from './delete-blobs.ts'

/** A part as its request names it, before any byte of it has been read. */
export type AnnouncedPart = {
  readonly documentId: string
  readonly part: number
  /** Content-Digest (RFC 9530). */
  readonly contentDigest: string | undefined
  /** Bytes, from Content-Length; undefined when the sender does not say. */
  readonly size: number | undefined
}

/** A part that is wanted: its document, and the digest (hex) that its bytes must have. */
export type WantedPart = AnnouncedPart & { readonly sha256: string; readonly seen: SeenPart }

/**
 * Whether this part is wanted at all, so that nobody fills our memory with what is refused anyway. Throws `request.digest`, `request.tooLarge`, `part.range`,
 * `part.differs`, `document.none`, `document.complete` and the gate's reasons.
 */
export async function expectPart(
  { database, clock }: Portal,
  claim: Claim,
  announced: AnnouncedPart,
): Promise<WantedPart> {
  const { documentId, part, size } = announced
  if (size !== undefined && size > MAX_PART_BYTES) throw problem('request.tooLarge')
  const row = await lookAtPart(database, clock, { ...claim, documentId, part })
  const reason = reasonAgainst(sessionOf(claim, row))
  if (reason !== undefined) throw problem(reason)
  const digest = parseContentDigest(announced.contentDigest)
  if (digest === undefined) throw problem('request.digest')
  const sha256 = toHex(digest)
  const seen = row?.seen ?? undefined
  if (seen === undefined) throw problem('document.none')
  if (size !== undefined) checkSize(seen, part, size)
  if (seen.present === null && seen.complete) throw problem('document.complete')
  if (seen.present !== null && seen.present !== sha256) throw problem('part.differs')
  return { ...announced, sha256, seen }
}

function checkSize(document: SeenPart, part: number, bytes: number): void {
  const size = sizeOfPart(document, part)
  if (size === 0 || bytes !== size) throw problem('part.range', { expectedBytes: size })
}

/** The same part again is answered like the first time. Throws what {@link expectPart} throws, for what has changed since. */
export async function receivePart(
  portal: Portal,
  claim: Claim,
  { documentId, part, sha256, seen }: WantedPart,
  chunks: readonly Uint8Array[],
): Promise<PartReceived> {
  const size = chunks.reduce((sum, { length }) => sum + length, 0)
  checkSize(seen, part, size)
  const { received, complete } = seen
  if (seen.present !== null) return { received: [...received], complete }
  const place = { caseId: claim.caseId, documentId }
  const stored = await store(portal, place.caseId, chunks, { part, size, sha256 })
  // Alone and with the digest of the whole: then the document is complete, and waits for no other part meanwhile.
  const isWhole = seen.sha256 === sha256 && seen.size === size
  return await keep(portal, claim, place, stored, { seen, isWhole })
}

async function store(
  { blobs }: Portal,
  caseId: string,
  chunks: readonly Uint8Array[],
  part: Omit<Part, 'blobKey'>,
): Promise<Part> {
  const blobKey = newBlobKey(caseId)
  const { size: maxBytes, sha256 } = part
  const stored = await blobs.put(blobKey, chunks, { maxBytes, sha256 })
  if (!stored.ok) throw problem('request.digest')
  return { ...part, blobKey }
}

async function keep(
  portal: Portal,
  claim: Claim,
  place: Place,
  part: Part,
  expected: { readonly seen: SeenPart; readonly isWhole: boolean },
): Promise<PartReceived> {
  const { database, clock } = portal
  try {
    const { added, received, complete } = await database.transaction(async (tx) => {
      // Documents are counted when one is complete: two at once would miss each other.
      const { round } = await openCase(tx, clock, claim, expected.isWhole ? 'update' : 'share')
      const kept = await keepPart(tx, clock, { ...place, round }, part, expected)
      if (kept === undefined) throw problem('document.none')
      if (kept.present !== part.sha256) throw problem('part.differs')
      return kept
    })
    if (!added) await deleteBlobs(portal, [part.blobKey])
    return { received: [...received], complete }
  } catch (error) {
    // After a lost connection the row may exist all the same: only a known refusal makes the blob rubbish.
    if (error instanceof ProblemError) await deleteBlobs(portal, [part.blobKey])
    throw error
  }
}
