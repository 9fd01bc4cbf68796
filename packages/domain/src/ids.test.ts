// Ids have the shapes that cookie names, paths and the wire expect, for any random bytes.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  CASE_ID_BYTES,
  caseIdFrom,
  DOCUMENT_ID_BYTES,
  documentIdFrom,
  parseCaseId,
  parseDocumentId,
  parseReceiptNumber,
  RECEIPT_NUMBER_BYTES,
  receiptNumberFrom,
} from './ids.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length + 8 })

describe('ids', () => {
  it('made of any bytes are read back', () => {
    fc.assert(
      fc.property(bytes(CASE_ID_BYTES), bytes(DOCUMENT_ID_BYTES), (forCase, forDocument) => {
        const caseId = caseIdFrom(forCase)
        const documentId = documentIdFrom(forDocument)
        assert.match(caseId, /^c[0-9a-hjkmnp-tv-z]{11}$/)
        assert.match(documentId, /^d[0-9a-hjkmnp-tv-z]{19}$/)
        assert.deepEqual(parseCaseId(caseId), { ok: true, value: caseId })
        assert.deepEqual(parseDocumentId(documentId), { ok: true, value: documentId })
      }),
    )
  })

  it('use every character of the alphabet equally often', () => {
    const counts = new Map<string, number>()
    for (let byte = 0; byte < 256; byte++) {
      const character = caseIdFrom(new Uint8Array(CASE_ID_BYTES).fill(byte)).charAt(1)
      counts.set(character, (counts.get(character) ?? 0) + 1)
    }
    assert.deepEqual([counts.size, new Set(counts.values())], [32, new Set([8])])
  })

  it('refuse anything else, paths and upper case included', () => {
    for (const id of [
      '',
      'c',
      'c0123456789i',
      'C0123456789a',
      'd0123456789a',
      '../etc/passwd',
      'c0123456789a\n',
    ]) {
      assert.deepEqual(parseCaseId(id), { ok: false, error: 'caseId.format' })
      assert.deepEqual(parseDocumentId(id), { ok: false, error: 'documentId.format' })
    }
  })

  it('are never made of too few bytes', () => {
    assert.throws(() => caseIdFrom(new Uint8Array(10)), RangeError)
    assert.throws(() => documentIdFrom(new Uint8Array(18)), RangeError)
    assert.throws(() => receiptNumberFrom(2026, new Uint8Array(7)), RangeError)
    assert.throws(() => receiptNumberFrom(26, new Uint8Array(8)), RangeError)
  })
})

describe('the Eingangsnummer', () => {
  it('is read back from paper, in lower case, without hyphens and with look-alikes', () => {
    fc.assert(
      fc.property(bytes(RECEIPT_NUMBER_BYTES), (random) => {
        const number = receiptNumberFrom(2026, random)
        assert.match(number, /^2026-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
        const spellings = [
          number,
          number.toLowerCase(),
          number.replaceAll('-', ' '),
          number.replaceAll('0', 'O').replaceAll('1', 'l'),
        ]
        for (const spelling of spellings) {
          assert.deepEqual(parseReceiptNumber(spelling), { ok: true, value: number })
        }
      }),
    )
  })

  it('is refused when a character is missing', () => {
    assert.deepEqual(parseReceiptNumber('2026-7KQ4-M2X'), {
      ok: false,
      error: 'receiptNumber.format',
    })
  })
})
