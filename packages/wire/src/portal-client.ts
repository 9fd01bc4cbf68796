// The browser's typed client of the portal; importing it brings no schema into the bundle.
import type {
  DocumentAnnounced,
  DocumentList,
  DocumentState,
  DraftSaved,
  PartReceived,
  SessionExtended,
  SessionState,
} from './case-session.ts'
import { type CallOptions, callBytes, callJson, type Send } from './http-client.ts'
import type {
  LoginFinish,
  LoginOutcome,
  LoginStart,
  LoginStarted,
  PinRequest,
  PortalKeys,
} from './login.ts'
import { PORTAL } from './routes.ts'
import type { Receipt, ReceiptStatus, Submission } from './submission.ts'

/** A part or draft travels with its digest (RFC 9530); the caller computes it in the vault. */
export interface DigestedBytes {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly contentDigest: string
}

/** `previousEtag` null means: there was no draft before. */
export interface DraftUpload extends DigestedBytes {
  readonly revision: number
  readonly previousEtag: string | null
}

const digestedBytes = (upload: DigestedBytes): CallOptions => ({
  bytes: upload.bytes,
  headers: { 'content-digest': upload.contentDigest },
})

/** The routes that need no session. */
export function portalClient(origin: string, send: Send = (request) => fetch(request)) {
  return {
    keys: () => callJson<PortalKeys>(send, origin, PORTAL.keys),
    loginStart: (json: LoginStart) =>
      callJson<LoginStarted>(send, origin, PORTAL.loginStart, { json }),
    loginFinish: (json: LoginFinish) =>
      callJson<LoginOutcome>(send, origin, PORTAL.loginFinish, { json }),
    requestPin: (json: PinRequest) => callJson<unknown>(send, origin, PORTAL.pinRequest, { json }),
  }
}

/** The routes of one case; the browser adds the cookie by itself. */
export function caseClient(
  origin: string,
  caseId: string,
  send: Send = (request) => fetch(request),
) {
  const parameters = { caseId }
  const document = (documentId: string) => ({ caseId, documentId })
  return {
    session: () => callJson<SessionState>(send, origin, PORTAL.session, { parameters }),
    activity: () => callJson<SessionExtended>(send, origin, PORTAL.sessionActivity, { parameters }),
    logout: () => callJson<undefined>(send, origin, PORTAL.logout, { parameters }),
    casePackage: () => callBytes(send, origin, PORTAL.casePackage, { parameters }),
    draft: (etag?: string) =>
      callBytes(send, origin, PORTAL.draft, {
        parameters,
        ...(etag !== undefined && { headers: { 'if-none-match': `"${etag}"` } }),
      }),
    saveDraft: (upload: DraftUpload) =>
      callJson<DraftSaved>(send, origin, PORTAL.saveDraft, {
        parameters,
        bytes: upload.bytes,
        headers: {
          'content-digest': upload.contentDigest,
          'ep-revision': String(upload.revision),
          ...(upload.previousEtag === null
            ? { 'if-none-match': '*' }
            : { 'if-match': `"${upload.previousEtag}"` }),
        },
      }),
    documents: () => callJson<DocumentList>(send, origin, PORTAL.documents, { parameters }),
    announceDocument: (json: DocumentAnnounced) =>
      callJson<DocumentState>(send, origin, PORTAL.announceDocument, { parameters, json }),
    uploadPart: (documentId: string, part: number, upload: DigestedBytes, signal?: AbortSignal) =>
      callJson<PartReceived>(send, origin, PORTAL.uploadPart, {
        ...digestedBytes(upload),
        parameters: { ...document(documentId), part },
        ...(signal && { signal }),
      }),
    completeDocument: (documentId: string) =>
      callJson<DocumentState>(send, origin, PORTAL.completeDocument, {
        parameters: document(documentId),
      }),
    documentContent: (documentId: string) =>
      callBytes(send, origin, PORTAL.documentContent, { parameters: document(documentId) }),
    removeDocument: (documentId: string) =>
      callJson<undefined>(send, origin, PORTAL.removeDocument, {
        parameters: document(documentId),
      }),
    submit: (json: Submission, idempotencyKey: string) =>
      callJson<Receipt>(send, origin, PORTAL.submit, {
        parameters,
        json,
        headers: { 'idempotency-key': idempotencyKey },
      }),
    receipt: () => callJson<ReceiptStatus>(send, origin, PORTAL.receipt, { parameters }),
  }
}
