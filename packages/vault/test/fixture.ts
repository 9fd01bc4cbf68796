// What most tests of the vault start from: one case with fixed keys, taken from the vectors.
import assert from 'node:assert/strict'
import { parseCaseId } from '@einmal-pin/domain/ids'
import { type Kvnr, parseKvnr } from '@einmal-pin/domain/kvnr'
import type { Result } from '@einmal-pin/domain/result'
import { parseSecondFactor, type SecondFactor } from '@einmal-pin/domain/second-factor'
import { fromHex } from '../src/base64url.ts'
import { type Bytes, utf8 } from '../src/bytes.ts'
import { type CaseKeys, caseSecretFrom, deriveCaseKeys } from '../src/case-secret.ts'
import { sha256Hex } from '../src/digest.ts'
import type { SigningKey } from '../src/ed25519.ts'
import { type DocumentMeta, type SealedSubmission, sealSubmission } from '../src/manifest.ts'
import { type Receipt, signReceipt } from '../src/receipt.ts'
import { sealDocument } from '../src/seal-document.ts'
import { VaultError } from '../src/vault-error.ts'
import keyVectors from '../vectors/case-keys.json' with { type: 'json' }
import signatureVectors from '../vectors/signatures.json' with { type: 'json' }

export const parsed = <T>(result: Result<T, string>): T => {
  assert.ok(result.ok)
  return result.value
}

export const CASE_ID = parsed(parseCaseId('c0123456789a'))
export const OTHER_CASE_ID = parsed(parseCaseId('c0123456789b'))
export const ROUND = 2
export const SECRET = caseSecretFrom(fromHex(keyVectors.secret))
export const SIGNING_KEY: SigningKey = signatureVectors.key
export const KVNR: Kvnr = parsed(parseKvnr('T123456780'))
export const CARD: SecondFactor = parsed(parseSecondFactor('600123', 6))

const derived = deriveCaseKeys(SECRET)
/** The keys of the case; derived once, since ML-KEM takes its time. */
export const caseKeys = (): Promise<CaseKeys> => derived

/** For `assert.rejects`: a VaultError that carries this code and nothing else. */
export const refusedWith = (code: string) => (error: unknown) => {
  assert.ok(error instanceof VaultError)
  assert.equal(error.code, code)
  assert.equal(error.message, code)
  assert.equal(error.cause, undefined)
  return true
}

/** A copy with one bit turned over. */
export const flipped = (bytes: Uint8Array, bit: number): Bytes => {
  const copy = new Uint8Array(bytes)
  const index = Math.floor(bit / 8) % copy.length
  copy[index] = (copy[index] ?? 0) ^ (1 << (bit % 8))
  return copy
}

export const documentMeta = (
  id: string,
  sealed: { sha256: string; size: number },
): DocumentMeta => ({
  ...{ id, slot: 'nachweise/1', name: 'Foto.pdf', type: 'application/pdf', pages: 1 },
  ...sealed,
})

export type SentSubmission = SealedSubmission & {
  readonly receipt: Receipt
  readonly document: Bytes
  readonly documentId: string
}

/** A submission with answers and one document, as an honest browser and portal make it. */
export const sentSubmission = async (
  keys: CaseKeys,
  place: { caseId: string; round: number } = { caseId: CASE_ID, round: ROUND },
): Promise<SentSubmission> => {
  const documentId = 'd0123456789abcdefghj'
  const document = await sealDocument(utf8('photo'), keys)
  const meta = documentMeta(documentId, { sha256: await sha256Hex(document), size: 5 })
  const form = { id: 'familienversicherung', version: '1', sha256: await sha256Hex(utf8('form')) }
  const sealed = await sealSubmission({
    ...{ ...place, draftRevision: 7, form, keys, documents: [meta] },
    ...{ answers: { ort: 'Köln' }, declaredAt: '2026-11-23T12:00:00.000Z' },
  })
  return {
    ...sealed,
    document,
    documentId,
    receipt: await receiptFor(sealed.manifestSha256, place),
  }
}

/** A receipt by the portal's right key, for whatever manifest digest. */
export const receiptFor = (
  manifestSha256: string,
  place: { caseId: string; round: number } = { caseId: CASE_ID, round: ROUND },
): Promise<Receipt> => {
  const receivedAt = '2026-11-23T12:00:01.234Z'
  const facts = { ...place, receiptNumber: '2026-7KQ4-M2XD', receivedAt, manifestSha256 }
  return signReceipt(facts, SIGNING_KEY)
}
