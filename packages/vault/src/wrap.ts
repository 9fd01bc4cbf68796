// The citizen's wrap of the case secret: it opens only with the PIN (vault.md 5.2).
import { aeadOpen, aeadSeal } from './aead.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { type Bytes, label } from './bytes.ts'
import { type CaseSecret, caseSecretFrom } from './case-secret.ts'
import { hkdfSha256 } from './hmac.ts'
import { EXPORT_KEY_BYTES } from './opaque-parameters.ts'

const PURPOSE = 'ep1/wrap/pin'

/**
 * Wraps K under the OPAQUE export key (b64u, 64 bytes): AES-256-GCM, AAD `ep1/wrap/pin|case|round`. Gives 60
 * bytes as b64u (80 characters). `nonce` is for the fixed vectors only.
 */
export const wrapForPin = async (
  exportKey: string,
  secret: CaseSecret,
  caseId: string,
  round: number,
  nonce?: Bytes,
): Promise<string> => {
  const aad = label(PURPOSE, caseId, round)
  return toBase64url(await aeadSeal(await wrappingKey(exportKey), secret, aad, nonce))
}

/** Throws VaultError `wrap.refused` when export key, case, round or bytes do not fit. */
export const unwrapWithPin = async (
  exportKey: string,
  wrapped: string,
  caseId: string,
  round: number,
): Promise<CaseSecret> => {
  const aad = label(PURPOSE, caseId, round)
  const key = await wrappingKey(exportKey)
  return caseSecretFrom(await aeadOpen(key, fromBase64url(wrapped), aad, 'wrap.refused'))
}

const wrappingKey = (exportKey: string): Promise<Bytes> =>
  hkdfSha256(fromBase64url(exportKey, EXPORT_KEY_BYTES), label(PURPOSE))
