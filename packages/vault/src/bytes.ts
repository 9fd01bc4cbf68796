// Byte helpers that behave the same in browser and Node.

/** Bytes over an ordinary ArrayBuffer, the only kind that WebCrypto takes. */
export type Bytes = Uint8Array<ArrayBuffer>

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The same bytes as {@link Bytes}; copies only what lies in shared memory. */
export const plain = (bytes: Uint8Array): Bytes =>
  bytes.buffer instanceof ArrayBuffer
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes)

export const utf8 = (text: string): Bytes => encoder.encode(text)

/** Throws TypeError when the bytes are not UTF-8. */
export const fromUtf8 = (bytes: Uint8Array): string => decoder.decode(bytes)

export const concat = (...parts: readonly Uint8Array[]): Bytes => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

const FIELD = /^[\x21-\x7b\x7d\x7e]*$/

/**
 * ASCII bytes of the fields joined with `|`. A field is printable ASCII without blank and `|`, so
 * that two different lists of fields never give the same bytes. Throws TypeError otherwise, without
 * naming the field: it may be a secret.
 */
export const label = (...fields: readonly (string | number)[]): Bytes => {
  const texts = fields.map(String)
  if (!texts.every((text) => FIELD.test(text))) throw new TypeError('label: field not allowed')
  return utf8(texts.join('|'))
}
