// A submission as an honest browser seals it and an honest portal offers it; tests spoil one part of it.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Answers } from '@einmal-pin/domain/form/answers'
import { toBase64url } from '@einmal-pin/vault/base64url'
import { sha256Hex } from '@einmal-pin/vault/digest'
import { type DocumentMeta, type FormReference, sealSubmission } from '@einmal-pin/vault/manifest'
import { newDocumentId, newReceiptNumber } from '@einmal-pin/vault/random'
import { signReceipt } from '@einmal-pin/vault/receipt'
import { sealDocument } from '@einmal-pin/vault/seal-document'
import type { SubmissionOffer } from '@einmal-pin/wire/office-link'
import type { Receipt } from '@einmal-pin/wire/submission'
import type { PublishedCase } from './published-case.ts'
import type { TestOffice } from './test-office.ts'

export interface SentSubmission {
  readonly receipt: Receipt
  readonly offer: SubmissionOffer
  readonly blobs: ReadonlyMap<string, Uint8Array<ArrayBuffer>>
}

export interface SendOptions {
  readonly documents?: readonly Uint8Array[]
  readonly answers?: Answers
  readonly form?: FormReference
  readonly receivedAt?: string
}

const complete = (documents: readonly string[]): Answers => ({
  anforderungen: [
    {
      id: 'k1',
      art: 'sonst',
      bezeichnung: 'Unterlagen laut Brief',
      ...(documents.length > 0
        ? { vorhanden: 'jetzt', dateien: [...documents] }
        : { vorhanden: 'nicht_moeglich', grund: 'verloren' }),
    },
  ],
  erklaerung_richtig: true,
  ausgefuellt_von: 'selbst',
})

export async function sendSubmission(
  at: TestOffice,
  published: PublishedCase,
  options: SendOptions = {},
): Promise<SentSubmission> {
  const { caseId, round, keys, opening } = published
  const papers = await Promise.all((options.documents ?? []).map((bytes) => paper(bytes, keys)))
  const { definition, sha256 } = opening.form
  const sealed = await sealSubmission({
    ...{ caseId, round, draftRevision: 3, keys },
    form: options.form ?? { id: definition.id, version: definition.version, sha256 },
    answers: options.answers ?? complete(papers.map(({ meta }) => meta.id)),
    documents: papers.map(({ meta }) => meta),
    declaredAt: '2026-11-24T10:00:00.000Z',
  })
  const portal = JSON.parse(await readFile(join(at.dataDir, 'secrets/portal.json'), 'utf8'))
  const receivedAt = options.receivedAt ?? new Date().toISOString()
  const facts = {
    ...{ caseId, round, receivedAt, manifestSha256: sealed.manifestSha256 },
    receiptNumber: newReceiptNumber(2026),
  }
  const receipt = await signReceipt(facts, portal.receiptKey)
  const blobs = new Map([
    ['answers', sealed.answers],
    ...papers.map(({ meta, bytes }) => [meta.id, bytes] as const),
  ])
  const listed = [...blobs].map(async ([id, bytes]) => ({
    id,
    sha256: await sha256Hex(bytes),
    size: bytes.length,
  }))
  const offer = {
    receipt,
    manifest: toBase64url(sealed.manifest),
    blobs: await Promise.all(listed),
  }
  return { receipt, offer, blobs }
}

async function paper(content: Uint8Array, keys: PublishedCase['keys']) {
  const bytes = await sealDocument(content, keys)
  const meta: DocumentMeta = {
    ...{ id: newDocumentId(), slot: 'anforderungen/k1/dateien', name: 'Bescheid <1>.pdf' },
    ...{ type: 'application/pdf', size: content.length, pages: 1 },
    sha256: await sha256Hex(bytes),
  }
  return { meta, bytes }
}
