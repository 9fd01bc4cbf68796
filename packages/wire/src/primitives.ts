// The small shapes that every message is made of: ids, digests, instants and encoded bytes.
import { Type } from 'typebox'

// The last character may carry bits that belong to no byte; they are zero, or one value had many texts.
const LAST_CHARACTER = ['', '[AQgw]', '[AEIMQUYcgkosw048]'] as const

/** Base64url without padding of exactly `bytes` bytes (RFC 4648, section 5), in its only spelling. */
export const base64UrlOf = (bytes: number) => {
  const last = LAST_CHARACTER[bytes % 3] ?? ''
  const characters = Math.ceil((bytes * 4) / 3) - (last === '' ? 0 : 1)
  return Type.String({ pattern: `^[A-Za-z0-9_-]{${characters}}${last}$` })
}

/** Base64url without padding, at most `maxBytes` bytes once decoded. */
export const base64UrlUpTo = (maxBytes: number) =>
  Type.String({ pattern: '^[A-Za-z0-9_-]+$', maxLength: Math.ceil((maxBytes * 4) / 3) })

export const CaseIdShape = Type.String({ pattern: '^c[0-9a-hjkmnp-tv-z]{11}$' })
export const DocumentIdShape = Type.String({ pattern: '^d[0-9a-hjkmnp-tv-z]{19}$' })
export const Digest = base64UrlOf(32)
export const Sha256Hex = Type.String({ pattern: '^[0-9a-f]{64}$' })
export const Round = Type.Integer({ minimum: 1, maximum: 99 })
/** A day that the calendar has: no database takes another. */
export const Day = Type.String({ pattern: '^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$', format: 'date' })
/** An instant in UTC as ISO 8601 with milliseconds. */
export const Instant = Type.String({
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$',
})
export const ReceiptNumberShape = Type.String({
  pattern: '^[0-9]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$',
})

/** Refuses fields that the schema does not name: a message is exactly what it says. */
export const strict = { additionalProperties: false } as const
