// The submission manifest and document metadata: their shapes and the browser's sealing (vault.md 7).

import type { Bytes } from './bytes.ts'
import type { CaseKeys } from './case-secret.ts'
import { sha256Hex } from './digest.ts'
import { sealJsonFrame } from './seal-json.ts'

/** The id of the one blob that is not a document. */
export const ANSWERS_ID = 'answers'

/** What a sealed document says about itself, for devices whose draft does not know it yet. */
export type DocumentMeta = {
  readonly id: string
  /** Path of the form's field or proof it answers. */
  readonly slot: string
  readonly name: string
  readonly type: string
  /** Bytes before sealing. */
  readonly size: number
  /** SHA-256 (hex) of the sealed file. */
  readonly sha256: string
  readonly pages: number
}

export type ManifestBlob = Omit<DocumentMeta, 'pages'> & {
  readonly kind: 'answers' | 'document'
}

export type FormReference = {
  readonly id: string
  readonly version: string
  readonly sha256: string
}

/** Exactly what the person sends. */
export type Manifest = {
  readonly caseId: string
  readonly round: number
  readonly draftRevision: number
  readonly form: FormReference
  readonly blobs: readonly ManifestBlob[]
  /** The browser's clock, ISO 8601; for information only, the receipt's time counts. */
  readonly declaredAt: string
  /** SHA-256 (hex) of the readable copy that the person keeps (vault.md 8.3); absent where none was made. */
  readonly copySha256?: string
}

/** A blob as the portal lists it: id and SHA-256 (hex) of the sealed bytes. */
export type BlobDigest = { readonly id: string; readonly sha256: string }

export type SubmissionToSeal = Omit<Manifest, 'blobs'> & {
  readonly answers: unknown
  readonly documents: readonly DocumentMeta[]
  readonly keys: Pick<CaseKeys, 'recipient' | 'macKeys'>
}

export type SealedSubmission = {
  readonly answers: Bytes
  readonly manifest: Bytes
  /** SHA-256 (hex) of `manifest`; the receipt must name it. */
  readonly manifestSha256: string
  /** The answers and every document: the clear list that goes to the portal beside the sealed one. */
  readonly blobs: readonly BlobDigest[]
}

/** Seals answers and manifest. Not repeatable: keep the result for a repeated request. */
export const sealSubmission = async (submission: SubmissionToSeal): Promise<SealedSubmission> => {
  const { answers: value, documents, keys, caseId, round, draftRevision, ...rest } = submission
  const place = { caseId, round, revision: draftRevision, keys }
  const answers = await sealJsonFrame({ ...place, kind: 'answers', value })
  const manifestValue = makeManifest({
    ...{ ...rest, caseId, round, draftRevision, documents },
    answersSha256: await sha256Hex(answers),
    answersSize: new TextEncoder().encode(JSON.stringify(value)).length,
  })
  const manifest = await sealJsonFrame({ ...place, kind: 'manifest', value: manifestValue })
  const blobs = manifestValue.blobs.map(({ id, sha256 }) => ({ id, sha256 }))
  return { answers, manifest, manifestSha256: await sha256Hex(manifest), blobs }
}

/** The manifest of an answers file and documents, in this order; fields in the order of vault.md. */
export const makeManifest = (
  parts: Omit<Manifest, 'blobs'> & {
    readonly answersSha256: string
    readonly answersSize: number
    readonly documents: readonly DocumentMeta[]
  },
): Manifest => {
  const { caseId, round, draftRevision, form, declaredAt, copySha256 } = parts
  const answers: ManifestBlob = {
    id: ANSWERS_ID,
    kind: 'answers',
    slot: ANSWERS_ID,
    name: 'answers.json',
    type: 'application/json',
    size: parts.answersSize,
    sha256: parts.answersSha256,
  }
  const blobs = [answers, ...parts.documents.map(blobOf)]
  const copy = copySha256 === undefined ? {} : { copySha256 }
  return { caseId, round, draftRevision, form, blobs, declaredAt, ...copy }
}

const blobOf = ({ id, slot, name, type, size, sha256 }: DocumentMeta): ManifestBlob => ({
  ...{ id, kind: 'document' as const, slot, name, type, size, sha256 },
})
