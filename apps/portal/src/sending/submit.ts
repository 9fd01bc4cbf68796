// Sending: one transaction freezes exactly what was listed, kills the PIN and signs the receipt. It happens once.
import type { BlobKey } from '@einmal-pin/platform/blob-store'
import { isUniqueViolation } from '@einmal-pin/platform/database-errors'
import { fromBase64url } from '@einmal-pin/vault/base64url'
import { sha256Hex } from '@einmal-pin/vault/digest'
import { newReceiptNumber } from '@einmal-pin/vault/random'
import { signReceipt } from '@einmal-pin/vault/receipt'
import { problem } from '@einmal-pin/wire/problem'
import { ANSWERS_BLOB, type Receipt, type Submission } from '@einmal-pin/wire/submission'
import type { Transaction } from 'kysely'
import { deleteBlobs } from '../documents/delete-blobs.ts'
import type { Portal } from '../portal.ts'
import { completeDocuments } from '../store/documents.ts'
import { deleteDraft, draftHead } from '../store/drafts.ts'
import { type CaseSession, type Claim, lockSession, reasonAgainst } from '../store/open-case.ts'
import { addSubmittedFact } from '../store/outbox.ts'
import { deleteDocumentsExcept } from '../store/parts.ts'
import { endPins, setCaseState } from '../store/pins.ts'
import type { PortalTables } from '../store/schema.ts'
import { narrowToReceipt } from '../store/sessions.ts'
import { addSubmission, findSubmission, isNumberTaken, receiptTime } from '../store/submissions.ts'

type Tx = Transaction<PortalTables>

type Sent = {
  readonly submission: Submission
  readonly idempotencyKey: string
  readonly answers: Uint8Array
  readonly answersSha256: string
  readonly manifest: Uint8Array
  readonly manifestSha256: string
}

/**
 * Returns the receipt; the same key again returns the same receipt. Throws `submission.key` for another key after sending,
 * `submission.draft` or `submission.documents` with what is missing, and the gate's reasons. A refusal changes nothing.
 */
export async function submit(
  portal: Portal,
  claim: Claim,
  submission: Submission,
  idempotencyKey: string,
): Promise<Receipt> {
  const sent = await prepare(submission, idempotencyKey)
  const run = () => portal.database.transaction((tx) => decide(portal, tx, claim, sent))
  const { receipt, orphans } = await run().catch((error: unknown) => {
    // Two cases drew the same number at the same moment; the second attempt draws another.
    if (isUniqueViolation(error, 'submissions_receipt_number_key')) return run()
    throw error
  })
  await deleteBlobs(portal, orphans)
  return receipt
}

async function prepare(submission: Submission, idempotencyKey: string): Promise<Sent> {
  const ids = submission.blobs.map(({ id }) => id)
  if (new Set(ids).size !== ids.length) throw problem('request.invalid')
  const answers = decoded(submission.answers)
  const manifest = decoded(submission.manifest)
  return {
    submission,
    idempotencyKey,
    answers,
    answersSha256: await sha256Hex(answers),
    manifest,
    manifestSha256: await sha256Hex(manifest),
  }
}

/** The shape of the message allows endings that are no base64url. */
function decoded(text: string): Uint8Array {
  try {
    return fromBase64url(text)
  } catch {
    throw problem('request.invalid')
  }
}

type Decision = { readonly receipt: Receipt; readonly orphans: readonly BlobKey[] }

async function decide(portal: Portal, tx: Tx, claim: Claim, sent: Sent): Promise<Decision> {
  const session = await lockSession(tx, portal.clock, claim, 'update')
  const reason = reasonAgainst(session)
  if (reason === 'case.submitted') {
    return { receipt: await earlierReceipt(tx, claim.caseId, sent), orphans: [] }
  }
  if (reason !== undefined) throw problem(reason)
  await checkDraft(tx, claim.caseId, sent.submission)
  await checkBlobs(tx, claim.caseId, sent)
  return await seal(portal, tx, session, sent)
}

async function earlierReceipt(tx: Tx, caseId: string, sent: Sent): Promise<Receipt> {
  const earlier = await findSubmission(tx, caseId)
  if (earlier?.idempotency_key === sent.idempotencyKey) return earlier.receipt
  throw problem('submission.key')
}

async function checkDraft(tx: Tx, caseId: string, submission: Submission): Promise<void> {
  const head = await draftHead(tx, caseId)
  const { draftRevision, draftEtag } = submission
  if (head?.revision === draftRevision && head.etag === draftEtag) return
  throw problem('submission.draft', { revision: head?.revision ?? 0 })
}

/** Every listed blob must be complete with exactly the listed digest; the answers come with the request itself. */
async function checkBlobs(tx: Tx, caseId: string, sent: Sent): Promise<void> {
  const present = new Map(
    (await completeDocuments(tx, caseId)).map(({ id, sha256 }) => [id, sha256]),
  )
  present.set(ANSWERS_BLOB, sent.answersSha256)
  const listed = sent.submission.blobs
  const missing = listed.filter(({ id, sha256 }) => present.get(id) !== sha256).map(({ id }) => id)
  if (!listed.some(({ id }) => id === ANSWERS_BLOB)) missing.unshift(ANSWERS_BLOB)
  if (missing.length > 0) throw problem('submission.documents', { missing })
}

/** From here on nothing can be changed or read with the PIN. */
async function seal(portal: Portal, tx: Tx, session: CaseSession, sent: Sent): Promise<Decision> {
  const { caseId, round, tokenSha256 } = session
  const receipt = await makeReceipt(portal, tx, { caseId, round }, sent.manifestSha256)
  await addSubmission(tx, { receipt, ...sent })
  await setCaseState(tx, caseId, 'submitted')
  await endPins(tx, caseId, 'submit')
  await deleteDraft(tx, caseId)
  const kept = sent.submission.blobs.map(({ id }) => id)
  const orphans = await deleteDocumentsExcept(tx, caseId, kept)
  await narrowToReceipt(tx, caseId, tokenSha256)
  await addSubmittedFact(tx, receipt)
  return { receipt, orphans }
}

async function makeReceipt(
  { clock, secrets }: Portal,
  tx: Tx,
  place: { readonly caseId: string; readonly round: number },
  manifestSha256: string,
): Promise<Receipt> {
  const { year, receivedAt } = await receiptTime(tx, clock)
  let receiptNumber = newReceiptNumber(year)
  while (await isNumberTaken(tx, receiptNumber)) receiptNumber = newReceiptNumber(year)
  return await signReceipt(
    { ...place, receiptNumber, receivedAt, manifestSha256 },
    secrets.receiptKey,
  )
}
