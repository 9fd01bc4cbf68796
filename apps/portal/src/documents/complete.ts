// Declares a document complete: the whole must have the announced digest.
import { toHex } from '@einmal-pin/vault/base64url'
import { newStreamDigest } from '@einmal-pin/vault/digest-node'
import type { DocumentState } from '@einmal-pin/wire/case-session'
import { problem } from '@einmal-pin/wire/problem'
import type { Transaction } from 'kysely'
import type { Portal } from '../portal.ts'
import { documentState, markComplete, numberOfParts } from '../store/documents.ts'
import { type Claim, openCase } from '../store/open-case.ts'
import { noteActivity } from '../store/outbox.ts'
import { listParts, type Part, type Place } from '../store/parts.ts'
import type { PortalTables } from '../store/schema.ts'
import { readParts } from './read-parts.ts'

type Tx = Transaction<PortalTables>

/** Throws `document.none`, `document.incomplete` with the missing parts, `document.digest` and the gate's reasons. */
export async function completeDocument(
  portal: Portal,
  claim: Claim,
  documentId: string,
): Promise<DocumentState> {
  const place = { caseId: claim.caseId, documentId }
  const before = await portal.database.transaction(async (tx) => {
    await openCase(tx, portal.clock, claim)
    return await allParts(tx, place)
  })
  if (before.document.complete) return before.document
  const sha256 = await digestOfWhole(portal, before.parts)
  if (sha256 !== before.document.sha256) throw problem('document.digest')
  return await portal.database.transaction(async (tx) => {
    // Documents are counted below: two that become complete at once would miss each other.
    const session = await openCase(tx, portal.clock, claim, 'update')
    const { parts } = await allParts(tx, place)
    // Removed and announced anew under the same id while we were reading: what was verified is gone.
    if (parts.map(keyOf).join() !== before.parts.map(keyOf).join())
      throw problem('document.incomplete')
    await markComplete(tx, place.caseId, documentId)
    await noteActivity(tx, portal.clock, { caseId: place.caseId, round: session.round })
    return { ...before.document, complete: true }
  })
}

/** Of one part the digest was taken from its bytes before it became durable; several are read again in order. */
async function digestOfWhole({ blobs }: Portal, parts: readonly Part[]): Promise<string> {
  const [only, ...more] = parts
  if (only !== undefined && more.length === 0) return only.sha256
  const digest = newStreamDigest()
  for await (const chunk of readParts(blobs, parts)) digest.update(chunk)
  return toHex(digest.digest())
}

const keyOf = ({ blobKey }: Part): string => blobKey

async function allParts(
  tx: Tx,
  place: Place,
): Promise<{ readonly document: DocumentState; readonly parts: readonly Part[] }> {
  const document = await documentState(tx, place.caseId, place.documentId)
  if (document === undefined) throw problem('document.none')
  const wanted = numberOfParts(document)
  const missing = Array.from({ length: wanted }, (_, part) => part).filter(
    (part) => !document.received.includes(part),
  )
  if (missing.length > 0) throw problem('document.incomplete', { missing })
  return { document, parts: await listParts(tx, place) }
}
