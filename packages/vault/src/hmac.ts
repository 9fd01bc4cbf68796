// HMAC-SHA-256 and HKDF-SHA-256 from WebCrypto.
import { type Bytes, plain } from './bytes.ts'

/** HMAC-SHA-256 (RFC 2104), 32 bytes. The key is at least 32 bytes; throws TypeError otherwise. */
export const hmacSha256 = async (key: Uint8Array, message: Uint8Array): Promise<Bytes> => {
  if (key.length < 32) throw new TypeError('hmac: key too short')
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', plain(key), algorithm, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, plain(message)))
}

/** HKDF-SHA-256 (RFC 5869) with empty salt, 32 bytes. */
export const hkdfSha256 = async (key: Uint8Array, info: Uint8Array): Promise<Bytes> => {
  const imported = await crypto.subtle.importKey('raw', plain(key), 'HKDF', false, ['deriveBits'])
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: plain(info) }
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, imported, 256))
}
