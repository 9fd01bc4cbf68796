// Documents and the submission: sealed and opened with the keys of the open case.
import { fromBase64url, toBase64url } from '@einmal-pin/vault/base64url'
import { sha256Hex } from '@einmal-pin/vault/digest'
import { copyDigest, manifestKeyOf } from '@einmal-pin/vault/disclosure'
import { openDocumentMeta, sealDocumentMeta } from '@einmal-pin/vault/document-meta'
import type { DocumentMeta } from '@einmal-pin/vault/manifest'
import { sealSubmission } from '@einmal-pin/vault/manifest'
import { newDocumentId } from '@einmal-pin/vault/random'
import { openDocument, sealDocument } from '@einmal-pin/vault/seal-document'
import type { OpenedCase } from './opened-case.ts'
import type { SealedDocument, SealedSubmission, SubmissionParts } from './protocol.ts'

export interface Paper {
  readonly file: Blob
  readonly slot: string
  readonly name: string
  readonly pages: number
}

export async function sealPaper(opened: OpenedCase, paper: Paper): Promise<SealedDocument> {
  const { file, slot, name, pages } = paper
  const sealed = await sealDocument(new Uint8Array(await file.arrayBuffer()), opened.keys)
  const meta: DocumentMeta = {
    ...{ id: newDocumentId(), slot, name, type: 'application/pdf', size: file.size, pages },
    sha256: await sha256Hex(sealed),
  }
  const sealedMeta = await sealDocumentMeta(meta, opened, opened.keys)
  return { file: new Blob([sealed]), meta, sealedMeta: toBase64url(sealedMeta) }
}

export const openMeta = (
  opened: OpenedCase,
  sealed: string,
  listed: { readonly id: string; readonly sha256: string },
): Promise<DocumentMeta> => openDocumentMeta(fromBase64url(sealed), listed, opened, opened.keys)

export async function openPaper(
  opened: OpenedCase,
  bytes: Uint8Array,
  sha256: string,
  type: string,
): Promise<Blob> {
  return new Blob([await openDocument(bytes, sha256, opened.keys)], { type })
}

export async function sealEverything(
  opened: OpenedCase,
  parts: SubmissionParts,
): Promise<SealedSubmission> {
  const { draftEtag, copy, ...rest } = parts
  const { caseId, round, keys } = opened
  const copySha256 = await copyDigest(copy)
  const sealed = await sealSubmission({ ...rest, copySha256, caseId, round, keys })
  const { answers, manifest, blobs, manifestSha256 } = sealed
  const submission = {
    draftRevision: parts.draftRevision,
    draftEtag,
    answers: toBase64url(answers),
    manifest: toBase64url(manifest),
    blobs: blobs.map(({ id, sha256 }) => ({ id, sha256 })),
  }
  return { submission, manifestSha256, manifestKey: await manifestKeyOf(manifest, keys) }
}
