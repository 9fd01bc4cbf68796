// The inbox over HTTP: queue, one submission, assignment, acceptance, documents and export.
import type { App } from '@einmal-pin/platform/http/app'
import {
  AssignOrder,
  DecideOrder,
  ExportManifest,
  InboxDetail,
  InboxList,
} from '@einmal-pin/wire/office-api'
import { CaseIdShape, DocumentIdShape, strict } from '@einmal-pin/wire/primitives'
import { OFFICE } from '@einmal-pin/wire/routes'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { acceptSubmission, assignSubmission } from '../inbox/decide.ts'
import { readDocument } from '../inbox/documents.ts'
import { exportFile, exportManifest } from '../inbox/export.ts'
import { listInbox } from '../inbox/list-inbox.ts'
import { readInboxDetail } from '../inbox/read-item.ts'
import type { Office } from '../office.ts'
import { actorOf } from './credentials.ts'

const tags = ['inbox']
const params = Type.Object({ caseId: CaseIdShape }, strict)
const documentParams = Type.Object({ caseId: CaseIdShape, documentId: DocumentIdShape }, strict)
const fileParams = Type.Object(
  { caseId: CaseIdShape, file: Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{0,99}$' }) },
  strict,
)
const Query = Type.Object(
  { state: Type.Optional(Type.String({ pattern: '^[a-zA-Z]{1,20}$' })) },
  strict,
)
const detail = { params, tags, response: { 200: InboxDetail } }

export function inboxRoutes(app: App, office: Office): void {
  app.get(
    OFFICE.inbox.path,
    { schema: { querystring: Query, tags, response: { 200: InboxList } } },
    ({ query }) => listInbox(office.database.kysely, query.state),
  )
  app.get(OFFICE.inboxItem.path, { schema: detail }, (request) =>
    readInboxDetail(office, request.params.caseId, actorOf(request)),
  )
  decisionRoutes(app, office)
  fileRoutes(app, office)
}

function decisionRoutes(app: App, office: Office): void {
  app.post(
    OFFICE.assignInboxItem.path,
    { schema: { ...detail, body: AssignOrder } },
    async (request) => {
      const { caseId } = request.params
      await assignSubmission(office, caseId, request.body.to, actorOf(request))
      return readInboxDetail(office, caseId, actorOf(request))
    },
  )
  app.post(
    OFFICE.decideInboxItem.path,
    { schema: { ...detail, body: DecideOrder } },
    async (request) => {
      const { caseId } = request.params
      await acceptSubmission(office, caseId, actorOf(request))
      return readInboxDetail(office, caseId, actorOf(request))
    },
  )
}

function fileRoutes(app: App, office: Office): void {
  app.get(
    OFFICE.inboxDocument.path,
    { schema: { params: documentParams, tags } },
    async (request, reply) => {
      const { caseId, documentId } = request.params
      const { bytes } = await readDocument(office, caseId, documentId, actorOf(request))
      return sendFile(reply, documentId, bytes)
    },
  )
  app.get(
    OFFICE.exportManifest.path,
    { schema: { params, tags, response: { 200: ExportManifest } } },
    (request) => exportManifest(office, request.params.caseId, actorOf(request)),
  )
  app.get(
    OFFICE.exportFile.path,
    { schema: { params: fileParams, tags } },
    async (request, reply) => {
      const { caseId, file } = request.params
      const bytes = await exportFile(office, caseId, file, actorOf(request))
      return sendFile(reply, file, bytes)
    },
  )
}

/** Never as a page: what a stranger sent must not run in the office's origin. */
const sendFile = (reply: FastifyReply, name: string, bytes: Uint8Array) =>
  reply
    .type('application/octet-stream')
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cache-control', 'no-store')
    .send(Buffer.from(bytes))
