// Everything that is drawn by chance: keys, ids, PINs, receipt numbers.
import {
  CASE_ID_BYTES,
  type CaseId,
  caseIdFrom,
  DOCUMENT_ID_BYTES,
  type DocumentId,
  documentIdFrom,
  RECEIPT_NUMBER_BYTES,
  type ReceiptNumber,
  receiptNumberFrom,
} from '@einmal-pin/domain/ids'
import { type Pin, pinFromParts, SECRET_LENGTH } from '@einmal-pin/domain/pin'
import { toBase64url } from './base64url.ts'
import { randomBytes, uniformBelow } from './entropy.ts'
import { VaultError } from './vault-error.ts'

export { randomBytes }

export const newCaseId = (): CaseId => caseIdFrom(randomBytes(CASE_ID_BYTES))

export const newDocumentId = (): DocumentId => documentIdFrom(randomBytes(DOCUMENT_ID_BYTES))

/** A random id of 128 bits as b64u (22 characters): session ids, nonces, idempotency keys. */
export const newId = (): string => toBase64url(randomBytes(16))

/** A random 256-bit secret as b64u (43 characters): session tokens, resume keys, API tokens. */
export const newSecret = (): string => toBase64url(randomBytes(32))

const SELECTORS = Array.from({ length: 100 }, (_, index) => String(index).padStart(2, '0'))

/**
 * A new PIN whose selector is not among the person's live and remembered ones (`taken`, two digits
 * each). The 13 secret digits are uniform: 43 bits. Throws VaultError `pin.selectorsExhausted` when
 * all hundred selectors are taken. The PIN is in nobody's hands but the caller's: print and forget.
 */
export const newPin = (taken: Iterable<string>): Pin => {
  const used = new Set(taken)
  const free = SELECTORS.filter((selector) => !used.has(selector))
  const selector = free.length === 0 ? undefined : free[uniformBelow(free.length)]
  if (selector === undefined) throw new VaultError('pin.selectorsExhausted')
  return pinFromParts(selector, newSecretDigits())
}

const newSecretDigits = (): string =>
  Array.from({ length: SECRET_LENGTH }, () => uniformBelow(10)).join('')

/** An Eingangsnummer `YYYY-XXXX-XXXX` with 40 random bits; the caller keeps it unique by its index. */
export const newReceiptNumber = (year: number): ReceiptNumber =>
  receiptNumberFrom(year, randomBytes(RECEIPT_NUMBER_BYTES))
