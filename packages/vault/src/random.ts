// Everything that is drawn by chance: keys, ids, PINs, receipt numbers.
import { type CaseId, caseIdFrom, type DocumentId, documentIdFrom } from '@einmal-pin/domain/ids'
import { type Pin, pinFromParts } from '@einmal-pin/domain/pin'
import { toBase64url } from './base64url.ts'
import { randomBytes, uniformBelow } from './entropy.ts'
import { VaultError } from './vault-error.ts'

export { randomBytes }

export const newCaseId = (): CaseId => caseIdFrom(randomBytes(11))

export const newDocumentId = (): DocumentId => documentIdFrom(randomBytes(19))

/** A random id of 128 bits as b64u (22 characters): session ids, nonces, idempotency keys. */
export const newId = (): string => toBase64url(randomBytes(16))

/** A random 256-bit secret as b64u (43 characters): session tokens, resume keys, API tokens. */
export const newSecret = (): string => toBase64url(randomBytes(32))

const SELECTORS = Array.from({ length: 100 }, (_, index) => String(index).padStart(2, '0'))
const SECRET_DIGITS = 13

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
  Array.from({ length: SECRET_DIGITS }, () => uniformBelow(10)).join('')

// Crockford's base32: no I, L, O, U, so that nobody misreads it on the telephone.
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** An Eingangsnummer `YYYY-XXXX-XXXX` with 40 random bits; the caller keeps it unique by its index. */
export const newReceiptNumber = (year: number): string => {
  const characters = Array.from(randomBytes(8), (byte) => CROCKFORD.charAt(byte & 31)).join('')
  return `${year}-${characters.slice(0, 4)}-${characters.slice(4)}`
}
