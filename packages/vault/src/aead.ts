// AES-256-GCM with the nonce in front: nonce (12) + ciphertext + tag (16).
import { type Bytes, concat, plain } from './bytes.ts'
import { randomBytes } from './entropy.ts'
import { VaultError } from './vault-error.ts'

export const AEAD_NONCE_BYTES = 12
export const AEAD_TAG_BYTES = 16

/** Bytes that sealing adds. */
export const AEAD_OVERHEAD = AEAD_NONCE_BYTES + AEAD_TAG_BYTES

/** `nonce` is for the fixed vectors only; everybody else leaves it to chance. */
export const aeadSeal = async (
  key: Uint8Array,
  plaintext: Uint8Array,
  aad: Bytes,
  nonce: Bytes = randomBytes(AEAD_NONCE_BYTES),
): Promise<Bytes> => {
  const parameters = { name: 'AES-GCM', iv: nonce, additionalData: aad }
  const sealed = await crypto.subtle.encrypt(parameters, await aesKey(key), plain(plaintext))
  return concat(nonce, new Uint8Array(sealed))
}

/** Throws VaultError with the given code when key, AAD or bytes do not fit. */
export const aeadOpen = async (
  key: Uint8Array,
  sealed: Uint8Array,
  aad: Bytes,
  code: string,
): Promise<Bytes> => {
  const [nonce, ciphertext] = [
    sealed.subarray(0, AEAD_NONCE_BYTES),
    sealed.subarray(AEAD_NONCE_BYTES),
  ]
  try {
    const parameters = { name: 'AES-GCM', iv: plain(nonce), additionalData: aad }
    return new Uint8Array(
      await crypto.subtle.decrypt(parameters, await aesKey(key), plain(ciphertext)),
    )
  } catch {
    throw new VaultError(code)
  }
}

const aesKey = (key: Uint8Array): Promise<CryptoKey> => {
  if (key.length !== 32) throw new TypeError('aead: key must be 32 bytes')
  return crypto.subtle.importKey('raw', plain(key), 'AES-GCM', false, ['encrypt', 'decrypt'])
}
