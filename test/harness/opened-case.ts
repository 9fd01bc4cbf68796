// What a browser does in an open case: opens the package, saves drafts, uploads documents, sends, reads the receipt.
import type { Answers } from '@einmal-pin/domain/form/answers'
import type { FormDefinition } from '@einmal-pin/domain/form/definition'
import { verifyAcknowledgement } from '@einmal-pin/vault/acknowledgement'
import { toBase64url, toHex } from '@einmal-pin/vault/base64url'
import { type Bytes, utf8 } from '@einmal-pin/vault/bytes'
import type { CaseKeys } from '@einmal-pin/vault/case-secret'
import { contentDigestOf, makeContentDigest, sha256, sha256Hex } from '@einmal-pin/vault/digest'
import { sealDocumentMeta } from '@einmal-pin/vault/document-meta'
import { type DocumentMeta, type FormReference, sealSubmission } from '@einmal-pin/vault/manifest'
import { newDocumentId } from '@einmal-pin/vault/random'
import { sealDocument } from '@einmal-pin/vault/seal-document'
import { openJsonFrame, sealJsonFrame } from '@einmal-pin/vault/seal-json'
import type { DocumentState, DraftSaved } from '@einmal-pin/wire/case-session'
import type { Answer } from '@einmal-pin/wire/http-client'
import { MIN_PART_BYTES } from '@einmal-pin/wire/limits'
import type { caseClient } from '@einmal-pin/wire/portal-client'
import type { ReceiptStatus, Submission } from '@einmal-pin/wire/submission'
import { expectOk } from './desk.ts'

export interface CasePackage {
  readonly form: FormDefinition
  readonly formSha256: string
  readonly prefill: Answers
}

export interface DraftBody {
  readonly answers: Answers
  readonly documents: readonly DocumentMeta[]
}

export interface SealedDraft {
  readonly bytes: Bytes
  readonly contentDigest: string
  readonly etag: string
  readonly revision: number
  readonly previousEtag: string | null
}

/** A sealed document that waits for its upload. */
export interface Paper {
  readonly meta: DocumentMeta
  readonly sealed: Bytes
  readonly sealedMeta: string
  readonly partSize: number
}

export interface SealedSubmission {
  readonly submission: Submission
  readonly manifestSha256: string
}

type Place = { readonly caseId: string; readonly round: number }

export class OpenedCase {
  readonly place: Place
  readonly keys: CaseKeys
  readonly api: ReturnType<typeof caseClient>
  /** The portal's draft as this device knows it. */
  revision = 0
  etag: string | null = null

  constructor(place: Place, keys: CaseKeys, api: ReturnType<typeof caseClient>) {
    this.place = place
    this.keys = keys
    this.api = api
  }

  /** Throws VaultError `seal.*` when the portal handed out something that the office did not seal. */
  async casePackage(): Promise<CasePackage> {
    return this.openPackage(expectOk(await this.api.casePackage()))
  }

  async openPackage(bytes: Uint8Array): Promise<CasePackage> {
    const { value } = await openJsonFrame(bytes, { kind: 'package', ...this.place }, this.keys)
    return value as CasePackage
  }

  /** The saved draft, or undefined when nothing was ever saved. Throws VaultError when it is not authentic. */
  async pull(): Promise<DraftBody | undefined> {
    const answer = await this.api.draft()
    if (answer.ok && answer.status === 204) return undefined
    return this.openDraft(expectOk(answer))
  }

  /** From now on this is the draft that the next save follows. */
  async openDraft(bytes: Uint8Array): Promise<DraftBody> {
    const opened = await openJsonFrame(bytes, { kind: 'draft', ...this.place }, this.keys)
    this.revision = opened.revision
    this.etag = await sha256Hex(bytes)
    return opened.value as DraftBody
  }

  async sealDraft(value: DraftBody, revision = this.revision + 1): Promise<SealedDraft> {
    const frame = { kind: 'draft', ...this.place, revision, value, keys: this.keys } as const
    const bytes = await sealJsonFrame(frame)
    const digest = await sha256(bytes)
    const etag = toHex(digest)
    const contentDigest = contentDigestOf(digest)
    return { bytes, contentDigest, etag, revision, previousEtag: this.etag }
  }

  async send(draft: SealedDraft): Promise<Answer<DraftSaved>> {
    const answer = await this.api.saveDraft(draft)
    if (answer.ok) {
      this.revision = answer.value.revision
      this.etag = answer.value.etag
    }
    return answer
  }

  async save(body: DraftBody): Promise<Answer<DraftSaved>> {
    return this.send(await this.sealDraft(body))
  }

  async sealPaper(
    content: Uint8Array,
    { slot = 'anforderungen/k1/dateien', name = 'Bescheid.pdf', partSize = MIN_PART_BYTES } = {},
  ): Promise<Paper> {
    const sealed = await sealDocument(content, this.keys)
    const meta: DocumentMeta = {
      ...{
        id: newDocumentId(),
        slot,
        name,
        type: 'application/pdf',
        size: content.length,
        pages: 1,
      },
      sha256: await sha256Hex(sealed),
    }
    const sealedMeta = toBase64url(await sealDocumentMeta(meta, this.place, this.keys))
    return { meta, sealed, sealedMeta, partSize }
  }

  announce(paper: Paper): Promise<Answer<DocumentState>> {
    const { meta, sealed, sealedMeta: metadata, partSize } = paper
    const { id, sha256: digest } = meta
    return this.api.announceDocument({
      id,
      size: sealed.length,
      partSize,
      sha256: digest,
      metadata,
    })
  }

  async uploadPart({ meta, sealed, partSize }: Paper, part: number) {
    const bytes = sealed.slice(part * partSize, (part + 1) * partSize)
    const contentDigest = await makeContentDigest(bytes)
    return this.api.uploadPart(meta.id, part, { bytes, contentDigest })
  }

  /** Announces, uploads every part in turn and completes; stops at the first refusal. */
  async upload(paper: Paper): Promise<Answer<DocumentState>> {
    const announced = await this.announce(paper)
    if (!announced.ok) return announced
    for (let part = 0; part < partsOf(paper); part += 1) {
      const received = await this.uploadPart(paper, part)
      if (!received.ok) return received
    }
    return this.api.completeDocument(paper.meta.id)
  }

  /** Seals what would be sent now; needs a saved draft. */
  async sealSubmission(
    form: FormReference,
    { answers, documents }: DraftBody,
  ): Promise<SealedSubmission> {
    const sealed = await sealSubmission({
      ...{ ...this.place, draftRevision: this.revision, form, answers, documents },
      declaredAt: new Date().toISOString(),
      keys: this.keys,
    })
    const submission: Submission = {
      draftRevision: this.revision,
      draftEtag: this.etag ?? '',
      answers: toBase64url(sealed.answers),
      manifest: toBase64url(sealed.manifest),
      blobs: [...sealed.blobs],
    }
    return { submission, manifestSha256: sealed.manifestSha256 }
  }

  /** True when the office's own confirmation came with the receipt and verifies. */
  async isConfirmed(status: ReceiptStatus): Promise<boolean> {
    if (status.delivery !== 'confirmed') return false
    return verifyAcknowledgement(status.receipt, status.acknowledgement, this.keys)
  }
}

export const partsOf = ({ sealed, partSize }: Pick<Paper, 'sealed' | 'partSize'>): number =>
  Math.ceil(sealed.length / partSize)

export const formReferenceOf = ({ form, formSha256 }: CasePackage): FormReference => ({
  ...{ id: form.id, version: form.version, sha256: formSha256 },
})

/** A small PDF with the text in clear, so that a search for it would find it. */
export const pdfWith = (text: string, padding = 0): Uint8Array =>
  utf8(`%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n% ${text}\n%${' '.repeat(padding)}\n%%EOF\n`)
