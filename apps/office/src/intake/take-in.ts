// Takes in one submission, fail closed: stored and to be acknowledged only when everything verifies and every byte is durable here.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answers } from '@einmal-pin/domain/form/answers'
import type { FormDefinition } from '@einmal-pin/domain/form/definition'
import { err, ok, type Result } from '@einmal-pin/domain/result'
import { readBlob } from '@einmal-pin/platform/blob-store'
import { makeAcknowledgement } from '@einmal-pin/vault/acknowledgement-making'
import { fromBase64url } from '@einmal-pin/vault/base64url'
import type { CaseKeys } from '@einmal-pin/vault/case-secret'
import type { BlobDigest, Manifest } from '@einmal-pin/vault/manifest'
import {
  openAnswers,
  openSubmittedDocument,
  verifySubmission,
} from '@einmal-pin/vault/submission-opening'
import { VaultError } from '@einmal-pin/vault/vault-error'
import {
  MAX_ANSWERS_BYTES,
  MAX_CASE_BYTES,
  MAX_DOCUMENT_BYTES,
  MAX_DOCUMENTS,
  MAX_SEAL_OVERHEAD_BYTES,
} from '@einmal-pin/wire/limits'
import type { SubmissionOffer } from '@einmal-pin/wire/office-link'
import { ANSWERS_BLOB, type Receipt } from '@einmal-pin/wire/submission'
import { readCase } from '../cases/case-rows.ts'
import type { PortalLink } from '../courier/link.ts'
import type { Office } from '../office.ts'
import { blobKey } from './blob-key.ts'
import { openCaseKeys } from './case-keys.ts'
import { type Reviewed, review, type ToReview } from './review.ts'
import { storeReceived } from './store-submission.ts'

/**
 * `unreachable`: nothing can be had from the portal now. `failed`: it answers, but not about this submission. Both mean: try again.
 * Every other failure is a finding about the submission itself.
 */
export type TakeInFailure = 'unreachable' | 'failed' | `submission.${string}`

const ACTOR = 'courier'

/** Throws what is a fault of the office itself. */
export async function takeIn(
  office: Office,
  link: PortalLink,
  receipt: Receipt,
): Promise<Result<undefined, TakeInFailure>> {
  const { caseId, round } = receipt
  const offer = await link.submission(caseId)
  if (!offer.ok) {
    if (offer.code === 'submission.none') return err('submission.none')
    return err((await link.status()).ok ? 'failed' : 'unreachable')
  }
  const fetched = await fetchBlobs(office, link, receipt, offer.value)
  if (!fetched.ok) return fetched
  try {
    const keys = await openCaseKeys(office, { caseId, round }, ACTOR)
    return await verifyAndStore(office, receipt, offer.value, fetched.value, keys)
  } catch (error) {
    // Everything that vault refuses is a finding; everything else is a fault here and is tried again.
    if (error instanceof VaultError) return err('submission.unreadable')
    throw error
  }
}

/** Every byte is durable in blob store B before anything is looked at; the digests are of what lies there. */
async function fetchBlobs(
  { blobs }: Office,
  link: PortalLink,
  { caseId, round }: Receipt,
  offer: SubmissionOffer,
): Promise<Result<readonly BlobDigest[], TakeInFailure>> {
  const ids = offer.blobs.map(({ id }) => id)
  if (ids.length > MAX_DOCUMENTS + 1 || new Set(ids).size !== ids.length) {
    return err('submission.duplicate')
  }
  const stored: BlobDigest[] = []
  let fetched = 0
  for (const id of ids) {
    if (!isBlobId(id)) return err('submission.extra')
    const bytes = await fetchBlob(link, caseId, id)
    if (!bytes.ok) return bytes
    fetched += bytes.value.length
    if (fetched > MAX_SUBMISSION_BYTES) return err('submission.tooLarge')
    const key = blobKey(caseId, round, id)
    const put = await blobs.put(key, [bytes.value], { maxBytes: limitOf(id) })
    if (!put.ok) return err('submission.differs')
    stored.push({ id, sha256: put.value.sha256 })
  }
  return ok(stored)
}

/** All that a person can send (design.md 6); a portal that adds to it must not fill the disk. */
const MAX_SUBMISSION_BYTES =
  MAX_CASE_BYTES + MAX_DOCUMENTS * MAX_SEAL_OVERHEAD_BYTES + MAX_ANSWERS_BYTES

const ATTEMPTS = 3
const PAUSE_MILLISECONDS = 200

/** A portal that answers but breaks off this blob every time has lost it: that must not hold up everybody else. */
async function fetchBlob(
  link: PortalLink,
  caseId: string,
  id: string,
): Promise<Result<Uint8Array<ArrayBuffer>, TakeInFailure>> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) await sleep(PAUSE_MILLISECONDS)
    const bytes = await link.blob(caseId, id, limitOf(id))
    if (bytes.ok) return ok(bytes.value)
    if (bytes.status === 404) break
    if (!(await link.status()).ok) return err('unreachable')
  }
  return err('submission.missing')
}

const isBlobId = (id: string): boolean =>
  id === ANSWERS_BLOB || /^d[0-9a-hjkmnp-tv-z]{19}$/.test(id)

const limitOf = (id: string): number =>
  id === ANSWERS_BLOB ? MAX_ANSWERS_BYTES : MAX_DOCUMENT_BYTES + MAX_SEAL_OVERHEAD_BYTES

async function verifyAndStore(
  office: Office,
  receipt: Receipt,
  offer: SubmissionOffer,
  blobs: readonly BlobDigest[],
  keys: CaseKeys,
): Promise<Result<undefined, TakeInFailure>> {
  const { caseId, round } = receipt
  const verified = await verifySubmission({
    caseId,
    round,
    // The receipt that the outbox told first; the offer must name the same manifest.
    receipt,
    receiptKeys: [office.secrets.receiptKey],
    manifest: fromBase64url(offer.manifest),
    blobs,
    keys,
  })
  if (!verified.ok) return verified
  const manifest = verified.value
  const row = await readCase(office.database.kysely, caseId)
  if (!pinsForm(manifest, row)) return err('submission.form')
  const answers = await openEverything(office, receipt, manifest, keys)
  if (!isAnswers(answers)) return err('submission.answers')
  const { definition, expiresAt } = await pinnedForm(office, caseId, round)
  const receivedAt = new Date(receipt.receivedAt)
  const prefill = row.prefill as Answers
  const reviewed = tryReview({ definition, prefill, answers, manifest, receivedAt, expiresAt })
  if (reviewed === undefined) return err('submission.answers')
  await storeReceived(office, {
    row,
    content: { answers, manifest, deviations: reviewed.deviations },
    changes: reviewed.changes,
    acknowledgement: await makeAcknowledgement(receipt, keys),
  })
  return ok(undefined)
}

/** Levels of lists and objects; a form's own answers have half as many. */
const DEEPEST_ANSWERS = 16

const isAnswers = (value: unknown): value is Answers =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  isNoDeeper(value, DEEPEST_ANSWERS)

const isNoDeeper = (value: unknown, levels: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (levels > 0 && Object.values(value).every((part) => isNoDeeper(part, levels - 1)))

/**
 * Whoever has a PIN can seal any JSON: what the form module cannot walk through is a finding about this submission and must not stop
 * those behind it.
 */
function tryReview(subject: ToReview): Reviewed | undefined {
  try {
    return review(subject)
  } catch {
    return undefined
  }
}

/** A sealed form of another version would make the answers mean something else. */
const pinsForm = (
  { form }: Manifest,
  row: { readonly form_id: string; readonly form_version: string; readonly form_sha256: string },
): boolean =>
  form.id === row.form_id && form.version === row.form_version && form.sha256 === row.form_sha256

/** Opens every document once: what cannot be opened later must not be acknowledged now. */
async function openEverything(
  { blobs }: Office,
  { caseId, round }: Receipt,
  manifest: Manifest,
  keys: CaseKeys,
): Promise<unknown> {
  const read = async (id: string) => {
    const bytes = await readBlob(blobs, blobKey(caseId, round, id))
    if (bytes === undefined) throw new VaultError('document.differs')
    return bytes
  }
  for (const blob of manifest.blobs.filter(({ kind }) => kind === 'document')) {
    await openSubmittedDocument(await read(blob.id), blob, keys)
  }
  return openAnswers(await read(ANSWERS_BLOB), manifest, keys)
}

async function pinnedForm({ database }: Office, caseId: string, round: number) {
  const row = await database.kysely
    .selectFrom('cases')
    .innerJoin('form_versions', 'form_versions.form_sha256', 'cases.form_sha256')
    .innerJoin('rounds', 'rounds.case_id', 'cases.case_id')
    .select(['form_versions.definition', 'rounds.expires_at'])
    .where('cases.case_id', '=', caseId)
    .where('rounds.round', '=', round)
    .executeTakeFirstOrThrow()
  return {
    definition: row.definition as unknown as FormDefinition,
    expiresAt: row.expires_at,
  }
}
