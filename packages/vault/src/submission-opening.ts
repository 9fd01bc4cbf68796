// The office's check of a submission, fail closed: authentic, in its place, and the exact set.
import type { Result } from '@einmal-pin/domain/result'
import type { Bytes } from './bytes.ts'
import type { CaseKeys } from './case-secret.ts'
import { sha256Hex } from './digest.ts'
import type { PublicSigningKey } from './ed25519.ts'
import { ANSWERS_ID, type BlobDigest, type Manifest, type ManifestBlob } from './manifest.ts'
import { isManifest } from './manifest-shape.ts'
import { type Receipt, verifyReceipt } from './receipt.ts'
import { openDocument } from './seal-document.ts'
import { openJsonFrame } from './seal-json.ts'
import { VaultError } from './vault-error.ts'

/** Every refusal means quarantine: no acknowledgement, a task for a clerk. */
export type SubmissionRefusal =
  | 'submission.receipt'
  | 'submission.manifest'
  | 'submission.kind'
  | 'submission.case'
  | 'submission.round'
  | 'submission.revision'
  | 'submission.duplicate'
  | 'submission.missing'
  | 'submission.extra'
  | 'submission.differs'

export type OfferedSubmission = {
  readonly caseId: string
  readonly round: number
  readonly receipt: Receipt
  /** The pinned keys, never keys that came with the submission. */
  readonly receiptKeys: readonly PublicSigningKey[]
  /** The sealed manifest. */
  readonly manifest: Uint8Array
  /** SHA-256 computed by the office over the bytes that it has stored, never copied from the portal. */
  readonly blobs: readonly BlobDigest[]
  readonly keys: Pick<CaseKeys, 'identity' | 'macKeys'>
}

/** The manifest if and only if everything fits (vault.md 7.3, checks in that order). Never throws. */
export const verifySubmission = async (
  offered: OfferedSubmission,
): Promise<Result<Manifest, SubmissionRefusal>> => {
  try {
    if (!(await receiptFits(offered))) return refusal('submission.receipt')
    const manifest = await openManifest(offered)
    const wrong = setRefusal(manifest.blobs, offered.blobs)
    return wrong === undefined ? { ok: true, value: manifest } : refusal(wrong)
  } catch (error) {
    return refusal(refusalOf(error))
  }
}

/** The answers (JSON) of a verified manifest. Throws VaultError when bytes and manifest do not fit. */
export const openAnswers = async (
  file: Uint8Array,
  manifest: Manifest,
  keys: Pick<CaseKeys, 'identity' | 'macKeys'>,
): Promise<unknown> => {
  const blob = manifest.blobs.find(({ kind }) => kind === 'answers')
  if (blob?.sha256 !== (await sha256Hex(file))) throw new VaultError('document.differs')
  const { caseId, round, draftRevision: revision } = manifest
  return (await openJsonFrame(file, { kind: 'answers', caseId, round, revision }, keys)).value
}

/** A document of a verified manifest. Throws VaultError `document.differs` or `seal.refused`. */
export const openSubmittedDocument = async (
  file: Uint8Array,
  blob: ManifestBlob,
  keys: Pick<CaseKeys, 'identity'>,
): Promise<Bytes> => {
  const document = await openDocument(file, blob.sha256, keys)
  if (document.length !== blob.size) throw new VaultError('document.differs')
  return document
}

const receiptFits = async (offered: OfferedSubmission): Promise<boolean> => {
  const { receipt, caseId, round } = offered
  if (receipt.caseId !== caseId || receipt.round !== round) return false
  if (receipt.manifestSha256 !== (await sha256Hex(offered.manifest))) return false
  return verifyReceipt(receipt, offered.receiptKeys)
}

const openManifest = async (offered: OfferedSubmission): Promise<Manifest> => {
  const { caseId, round, keys } = offered
  const expected = { kind: 'manifest', caseId, round } as const
  const { revision, value } = await openJsonFrame(offered.manifest, expected, keys)
  if (!isManifest(value)) throw new VaultError('submission.manifest')
  if (value.caseId !== caseId) throw new VaultError('seal.case')
  if (value.round !== round) throw new VaultError('seal.round')
  if (value.draftRevision !== revision) throw new VaultError('seal.revision')
  return value
}

/** The exact-set rule: every id once, the same ids on both sides, the same digests. */
const setRefusal = (
  declared: readonly ManifestBlob[],
  offered: readonly BlobDigest[],
): SubmissionRefusal | undefined => {
  const wanted = new Map(declared.map(({ id, sha256 }) => [id, sha256]))
  const given = new Map(offered.map(({ id, sha256 }) => [id, sha256]))
  if (wanted.size !== declared.length || given.size !== offered.length)
    return 'submission.duplicate'
  if (!oneAnswersBlob(declared)) return 'submission.manifest'
  if ([...wanted.keys()].some((id) => !given.has(id))) return 'submission.missing'
  if ([...given.keys()].some((id) => !wanted.has(id))) return 'submission.extra'
  const differs = [...wanted].some(([id, sha256]) => given.get(id) !== sha256)
  return differs ? 'submission.differs' : undefined
}

const oneAnswersBlob = (blobs: readonly ManifestBlob[]): boolean =>
  blobs.every(({ id, kind }) => (id === ANSWERS_ID) === (kind === 'answers')) &&
  blobs.some(({ id }) => id === ANSWERS_ID)

const refusalOf = (error: unknown): SubmissionRefusal => {
  switch (error instanceof VaultError ? error.code : '') {
    case 'seal.kind':
      return 'submission.kind'
    case 'seal.case':
      return 'submission.case'
    case 'seal.round':
      return 'submission.round'
    case 'seal.revision':
      return 'submission.revision'
    default:
      return 'submission.manifest'
  }
}

const refusal = (error: SubmissionRefusal): { ok: false; error: SubmissionRefusal } => ({
  ok: false,
  error,
})
