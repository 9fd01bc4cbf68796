// Messages of an open case at the portal: session, draft and documents.
import { type Static, Type } from 'typebox'
import {
  MAX_CASE_BYTES,
  MAX_DOCUMENT_BYTES,
  MAX_PART_BYTES,
  MAX_SEAL_OVERHEAD_BYTES,
  MIN_PART_BYTES,
} from './limits.ts'
import {
  base64UrlUpTo,
  Day,
  Digest,
  DocumentIdShape,
  Instant,
  Round,
  Sha256Hex,
  strict,
} from './primitives.ts'

/** The live session. `resumeKey` opens what the tab keeps of the case secret; only the live session gets it. */
export const SessionState = Type.Object(
  {
    state: Type.Union([Type.Literal('open'), Type.Literal('submitted')]),
    round: Round,
    resumeKey: Digest,
    idleExpiresAt: Instant,
    absoluteExpiresAt: Instant,
    lastDay: Day,
    expiresAt: Instant,
    now: Instant,
  },
  strict,
)
export type SessionState = Static<typeof SessionState>

export const SessionExtended = Type.Object(
  { idleExpiresAt: Instant, absoluteExpiresAt: Instant, now: Instant },
  strict,
)
export type SessionExtended = Static<typeof SessionExtended>

export const DraftSaved = Type.Object(
  { revision: Type.Integer({ minimum: 1 }), etag: Sha256Hex, savedAt: Instant },
  strict,
)
export type DraftSaved = Static<typeof DraftSaved>

/** Announces a sealed document; its quota is reserved in the same transaction. Sizes count ciphertext bytes. */
export const DocumentAnnounced = Type.Object(
  {
    id: DocumentIdShape,
    size: Type.Integer({ minimum: 1, maximum: MAX_DOCUMENT_BYTES + MAX_SEAL_OVERHEAD_BYTES }),
    partSize: Type.Integer({ minimum: MIN_PART_BYTES, maximum: MAX_PART_BYTES }),
    sha256: Sha256Hex,
    metadata: base64UrlUpTo(8 * 1024),
  },
  strict,
)
export type DocumentAnnounced = Static<typeof DocumentAnnounced>

export const DocumentState = Type.Object(
  {
    id: DocumentIdShape,
    size: Type.Integer(),
    partSize: Type.Integer(),
    sha256: Sha256Hex,
    metadata: Type.String(),
    received: Type.Array(Type.Integer({ minimum: 0 })),
    complete: Type.Boolean(),
    createdAt: Instant,
  },
  strict,
)
export type DocumentState = Static<typeof DocumentState>

export const DocumentList = Type.Object(
  {
    documents: Type.Array(DocumentState),
    quota: Type.Object(
      {
        bytes: Type.Integer({ default: MAX_CASE_BYTES }),
        usedBytes: Type.Integer(),
        documents: Type.Integer(),
        usedDocuments: Type.Integer(),
      },
      strict,
    ),
  },
  strict,
)
export type DocumentList = Static<typeof DocumentList>

/** `complete`: the last part of all, and the whole has the announced digest; then nothing is left to declare. */
export const PartReceived = Type.Object(
  { received: Type.Array(Type.Integer({ minimum: 0 })), complete: Type.Boolean() },
  strict,
)
export type PartReceived = Static<typeof PartReceived>
