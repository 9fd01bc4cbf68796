// Messages of sending: the frozen set, the receipt and the insurer's confirmation.
import { type Static, Type } from 'typebox'
import { MAX_ANSWERS_BYTES, MAX_DOCUMENTS, MAX_MANIFEST_BYTES } from './limits.ts'
import {
  base64UrlOf,
  base64UrlUpTo,
  CaseIdShape,
  Digest,
  DocumentIdShape,
  Instant,
  ReceiptNumberShape,
  Round,
  Sha256Hex,
  strict,
} from './primitives.ts'

/** The id under which the sealed answers stand in the list of blobs, beside the documents' own ids. */
export const ANSWERS_BLOB = 'answers'

const BlobName = Type.Union([Type.Literal(ANSWERS_BLOB), DocumentIdShape])

/** Exactly what is sent: the draft it was made from, and every blob with its digest, nothing more. */
export const Submission = Type.Object(
  {
    draftRevision: Type.Integer({ minimum: 1 }),
    draftEtag: Sha256Hex,
    answers: base64UrlUpTo(MAX_ANSWERS_BYTES),
    manifest: base64UrlUpTo(MAX_MANIFEST_BYTES),
    blobs: Type.Array(Type.Object({ id: BlobName, sha256: Sha256Hex }, strict), {
      minItems: 1,
      maxItems: MAX_DOCUMENTS + 1,
    }),
  },
  strict,
)
export type Submission = Static<typeof Submission>

/** The signed receipt. `manifestSha256` is the digest of the sealed manifest's bytes. */
export const Receipt = Type.Object(
  {
    caseId: CaseIdShape,
    round: Round,
    receiptNumber: ReceiptNumberShape,
    receivedAt: Instant,
    manifestSha256: Sha256Hex,
    keyId: Type.String(),
    signature: base64UrlOf(64),
  },
  strict,
)
export type Receipt = Static<typeof Receipt>

/** How far the submission has come; `confirmed` carries the office's MAC, which the browser verifies. */
export const ReceiptStatus = Type.Union([
  Type.Object({ receipt: Receipt, delivery: Type.Literal('waiting') }, strict),
  Type.Object(
    {
      receipt: Receipt,
      delivery: Type.Literal('confirmed'),
      acknowledgement: Digest,
      acknowledgedAt: Instant,
    },
    strict,
  ),
])
export type ReceiptStatus = Static<typeof ReceiptStatus>
