// Ed25519 (RFC 8032) through WebCrypto, keys as 32 raw bytes in b64u; checked without it where a browser lacks it.
import { fromBase64url, toBase64url, toHex } from './base64url.ts'
import { type Bytes, concat, plain } from './bytes.ts'
import { sha256 } from './digest.ts'

/** `keyId` is the first 16 hex digits of SHA-256(public key), so that it names exactly this key. */
export type PublicSigningKey = { readonly keyId: string; readonly publicKey: string }

/** `privateKey` is the 32-byte seed of RFC 8032. */
export type SigningKey = PublicSigningKey & { readonly privateKey: string }

// The DER prefix that makes a PKCS #8 (RFC 8410) of a seed, the only import that WebCrypto offers.
const PKCS8_PREFIX = Uint8Array.of(48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32)

export const newSigningKey = async (): Promise<SigningKey> => {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])
  if (!('publicKey' in pair)) throw new TypeError('ed25519: no key pair')
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
  return {
    keyId: await keyIdOf(publicKey),
    publicKey: toBase64url(publicKey),
    privateKey: toBase64url(pkcs8.subarray(PKCS8_PREFIX.length)),
  }
}

export const keyIdOf = async (publicKey: Uint8Array): Promise<string> =>
  toHex((await sha256(publicKey)).subarray(0, 8))

/** The signature, 64 bytes. Throws VaultError `encoding.base64url` when the key is malformed. */
export const signEd25519 = async (privateKey: string, message: Uint8Array): Promise<Bytes> => {
  const pkcs8 = concat(PKCS8_PREFIX, fromBase64url(privateKey, 32))
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('Ed25519', key, plain(message)))
}

/**
 * False for every wrong signature, and for malformed keys and signatures too. Rejects only when it cannot be told:
 * the browser has no Ed25519 (before Chrome 137, Firefox 129, Safari 17) and the other implementation cannot be loaded.
 */
export const verifyEd25519 = async (
  publicKey: string,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> => {
  const raw = rawKey(publicKey)
  if (raw === undefined) return false
  const key = await crypto.subtle
    .importKey('raw', raw, 'Ed25519', false, ['verify'])
    .catch(() => undefined)
  return key === undefined
    ? verifyInScript(raw, message, signature)
    : crypto.subtle.verify('Ed25519', key, plain(signature), plain(message)).catch(() => false)
}

const rawKey = (publicKey: string): Bytes | undefined => {
  try {
    return fromBase64url(publicKey, 32)
  } catch {
    return undefined
  }
}

/** Loaded only where it is needed. */
const verifyInScript = async (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> => {
  const { ed25519 } = await import('@noble/curves/ed25519.js')
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false })
  } catch {
    return false
  }
}
