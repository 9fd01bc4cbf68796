// Ids of cases and documents and the receipt number: shapes, parsers, and how random bytes become one.
import type { Brand } from './brand.ts'
import { err, ok, type Result } from './result.ts'
import { withoutSeparators } from './typed-input.ts'

/** `c` + 11 characters (55 bits). A pseudonym, fit for cookie names, file names and paths. */
export type CaseId = Brand<string, 'CaseId'>
/** `d` + 19 characters (95 bits), made by the browser. */
export type DocumentId = Brand<string, 'DocumentId'>
/** Eingangsnummer, `2026-7KQ4-M2XD`: the year of receipt and 40 random bits. */
export type ReceiptNumber = Brand<string, 'ReceiptNumber'>

/** Random bytes that each maker needs; further bytes are ignored. */
export const CASE_ID_BYTES = 11
export const DOCUMENT_ID_BYTES = 19
export const RECEIPT_NUMBER_BYTES = 8

// Crockford's base 32: no i, l, o, u, so that nothing is misread.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

// 256 is a multiple of 32: every character is equally likely.
function crockford(bytes: Uint8Array, length: number): string {
  if (bytes.length < length) throw new RangeError(`an id needs ${length} random bytes`)
  return Array.from(bytes.subarray(0, length), (byte) => ALPHABET.charAt(byte & 31)).join('')
}

/** Throws a RangeError when there are fewer than `CASE_ID_BYTES` bytes. */
export function caseIdFrom(bytes: Uint8Array): CaseId {
  return `c${crockford(bytes, CASE_ID_BYTES)}` as CaseId
}

/** Throws a RangeError when there are fewer than `DOCUMENT_ID_BYTES` bytes. */
export function documentIdFrom(bytes: Uint8Array): DocumentId {
  return `d${crockford(bytes, DOCUMENT_ID_BYTES)}` as DocumentId
}

/** Throws a RangeError when there are fewer than `RECEIPT_NUMBER_BYTES` bytes or the year has not four digits. */
export function receiptNumberFrom(year: number, bytes: Uint8Array): ReceiptNumber {
  if (!/^[1-9][0-9]{3}$/.test(String(year))) throw new RangeError('a year has four digits')
  const characters = crockford(bytes, RECEIPT_NUMBER_BYTES).toUpperCase()
  return formatReceiptNumber(`${year}${characters}`)
}

function formatReceiptNumber(characters: string): ReceiptNumber {
  return `${characters.slice(0, 4)}-${characters.slice(4, 8)}-${characters.slice(8)}` as ReceiptNumber
}

/** Exact: ids come from machines, never from hands. */
export function parseCaseId(input: string): Result<CaseId, 'caseId.format'> {
  return /^c[0-9a-hjkmnp-tv-z]{11}$/.test(input) ? ok(input as CaseId) : err('caseId.format')
}

/** Exact: ids come from machines, never from hands. */
export function parseDocumentId(input: string): Result<DocumentId, 'documentId.format'> {
  return /^d[0-9a-hjkmnp-tv-z]{19}$/.test(input)
    ? ok(input as DocumentId)
    : err('documentId.format')
}

/** Tolerant: people type it from paper. Blanks and hyphens are ignored, O, I and L read as 0 and 1. */
export function parseReceiptNumber(input: string): Result<ReceiptNumber, 'receiptNumber.format'> {
  const typed = withoutSeparators(input).toUpperCase().replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  const isComplete = /^[1-9][0-9]{3}[0-9A-HJKMNP-TV-Z]{8}$/.test(typed)
  return isComplete ? ok(formatReceiptNumber(typed)) : err('receiptNumber.format')
}
