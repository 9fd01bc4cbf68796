// base64url without padding (RFC 4648 section 5) and lower-case hex, strict in both directions.
import { base64urlnopad, hex } from '@scure/base'
import { type Bytes, plain } from './bytes.ts'
import { VaultError } from './vault-error.ts'

export const toBase64url = (bytes: Uint8Array): string => base64urlnopad.encode(bytes)

/**
 * Strict: padding, other alphabets, white space and unused bits that are not zero are refused.
 * Throws VaultError `encoding.base64url`, also when `length` (bytes) is given and does not fit.
 */
export const fromBase64url = (text: string, length?: number): Bytes => {
  const bytes = decode(() => base64urlnopad.decode(text), 'encoding.base64url')
  if (length !== undefined && bytes.length !== length) throw new VaultError('encoding.base64url')
  return bytes
}

export const toHex = (bytes: Uint8Array): string => hex.encode(bytes)

/** Throws VaultError `encoding.hex`; upper case is refused, so that equal digests are equal texts. */
export const fromHex = (text: string): Bytes => {
  if (!/^[0-9a-f]*$/.test(text)) throw new VaultError('encoding.hex')
  return decode(() => hex.decode(text), 'encoding.hex')
}

const decode = (attempt: () => Uint8Array, code: string): Bytes => {
  try {
    return plain(attempt())
  } catch {
    throw new VaultError(code)
  }
}
