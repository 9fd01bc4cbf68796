// Documents: announced with their quota, received part by part, declared complete, read back, removed.
import { Readable } from 'node:stream'
import type { App } from '@einmal-pin/platform/http/app'
import { bodyChunks } from '@einmal-pin/platform/http/bodies'
import { DocumentAnnounced, type DocumentState } from '@einmal-pin/wire/case-session'
import {
  MAX_DOCUMENT_BYTES,
  MAX_PART_BYTES,
  MAX_SEAL_OVERHEAD_BYTES,
} from '@einmal-pin/wire/limits'
import { strict } from '@einmal-pin/wire/primitives'
import { problem } from '@einmal-pin/wire/problem'
import { PORTAL } from '@einmal-pin/wire/routes'
import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'
import { completeDocument } from '../documents/complete.ts'
import { deleteBlobs } from '../documents/delete-blobs.ts'
import { readParts } from '../documents/read-parts.ts'
import {
  type AnnouncedPart,
  expectPart,
  receivePart,
  type WantedPart,
} from '../documents/receive-part.ts'
import type { Portal } from '../portal.ts'
import { announceDocument, documentState, listDocuments } from '../store/documents.ts'
import { type Claim, openCase } from '../store/open-case.ts'
import { noteActivity } from '../store/outbox.ts'
import { deleteDocuments, listParts } from '../store/parts.ts'
import { claimOf } from './case-cookie.ts'
import { CaseParams, DocumentParams, PartParams, quoted } from './shapes.ts'

/** Too large gets its own code instead of "wrong format": the page says what to do. */
const Announced = Type.Object(
  { ...DocumentAnnounced.properties, size: Type.Integer({ minimum: 1 }) },
  strict,
)
const MAX_SEALED_BYTES = MAX_DOCUMENT_BYTES + MAX_SEAL_OVERHEAD_BYTES

export function documentRoutes(app: App, portal: Portal): void {
  const { database, clock } = portal

  app.get(PORTAL.documents.path, { schema: { params: CaseParams } }, async (request) => {
    const claim = claimOf(request)
    return await database.transaction(async (tx) => {
      await openCase(tx, clock, claim)
      return await listDocuments(tx, claim.caseId)
    })
  })

  app.post(
    PORTAL.announceDocument.path,
    { schema: { params: CaseParams, body: Announced } },
    async (request, reply) => {
      if (request.body.size > MAX_SEALED_BYTES) throw problem('document.tooLarge')
      const { state, isNew } = await announce(portal, claimOf(request), request.body)
      return reply.code(isNew ? 201 : 200).send(state)
    },
  )

  app.delete(
    PORTAL.removeDocument.path,
    { schema: { params: DocumentParams } },
    async (request, reply) => {
      const claim = claimOf(request)
      await deleteBlobs(portal, await remove(portal, claim, request.params.documentId))
      return reply.code(204).send()
    },
  )
}

/** The routes that move a document's bytes. */
export function documentByteRoutes(app: App, portal: Portal): void {
  const wanted = new WeakMap<FastifyRequest, WantedPart>()
  app.put(
    PORTAL.uploadPart.path,
    {
      schema: { params: PartParams },
      bodyLimit: MAX_PART_BYTES,
      // Before the first byte of the body is read: nobody fills our memory with what nobody wants.
      onRequest: async (request) => {
        wanted.set(request, await expectPart(portal, claimOf(request), announcedBy(request)))
      },
    },
    async (request) => {
      const part = wanted.get(request)
      if (part === undefined) throw new Error('a part that nobody looked at')
      return await receivePart(portal, claimOf(request), part, bodyChunks(request))
    },
  )

  const schema = { params: DocumentParams }
  app.post(PORTAL.completeDocument.path, { schema }, async (request) =>
    completeDocument(portal, claimOf(request), request.params.documentId),
  )

  app.get(PORTAL.documentContent.path, { schema }, async (request, reply) => {
    const claim = claimOf(request)
    const { document, parts } = await findContent(portal, claim, request.params.documentId)
    return reply
      .type('application/octet-stream')
      .header('content-length', String(document.size))
      .header('etag', quoted(document.sha256))
      .send(Readable.from(readParts(portal.blobs, parts)))
  })
}

function announcedBy({ params, headers }: FastifyRequest): AnnouncedPart {
  const { documentId, part } = params as Static<typeof PartParams>
  if (!Check(PartParams, params)) throw problem('request.invalid')
  const { 'content-digest': digest, 'content-length': length } = headers
  return {
    documentId,
    part: Number(part),
    contentDigest: typeof digest === 'string' ? digest : undefined,
    size: length === undefined ? undefined : Number(length),
  }
}

async function announce(
  { database, clock }: Portal,
  claim: Claim,
  announced: DocumentAnnounced,
): Promise<{ readonly state: DocumentState; readonly isNew: boolean }> {
  return await database.transaction(async (tx) => {
    await openCase(tx, clock, claim, 'update')
    const added = await announceDocument(tx, clock, claim.caseId, announced)
    if (added !== undefined) return { state: added, isNew: true }
    const present = await documentState(tx, claim.caseId, announced.id)
    if (present === undefined) throw problem('document.quota')
    if (!isSame(present, announced)) throw problem('document.differs')
    return { state: present, isNew: false }
  })
}

const isSame = (present: DocumentState, { size, partSize, sha256 }: DocumentAnnounced): boolean =>
  present.size === size && present.partSize === partSize && present.sha256 === sha256

/** Removing what is not there is no mistake: the first answer may have been lost. */
async function remove({ database, clock }: Portal, claim: Claim, documentId: string) {
  return await database.transaction(async (tx) => {
    const { caseId, round } = await openCase(tx, clock, claim, 'update')
    const orphans = await deleteDocuments(tx, caseId, documentId)
    await noteActivity(tx, clock, { caseId, round })
    return orphans
  })
}

async function findContent({ database, clock }: Portal, claim: Claim, documentId: string) {
  return await database.transaction(async (tx) => {
    await openCase(tx, clock, claim)
    const document = await documentState(tx, claim.caseId, documentId)
    if (document === undefined) throw problem('document.none')
    if (!document.complete) throw problem('document.incomplete')
    return { document, parts: await listParts(tx, { caseId: claim.caseId, documentId }) }
  })
}
