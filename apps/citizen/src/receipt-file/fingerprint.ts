// The fingerprint of a public key, short enough to be read out on the telephone.
import { fromBase64url } from '@einmal-pin/vault/base64url'
import { sha256Hex } from '@einmal-pin/vault/digest'

/** The first 16 bytes of SHA-256 in groups of four digits: nobody finds a second key for them. */
export async function fingerprintOf(publicKey: string): Promise<string> {
  const digest = await sha256Hex(fromBase64url(publicKey))
  return digest.slice(0, 32).match(/.{4}/g)?.join(' ') ?? ''
}
