// The print centre's check that a bundle's list of letters comes from the office (vault.md 9.2).
import { fromBase64url } from './base64url.ts'
import { type Bytes, label } from './bytes.ts'
import { sha256Hex } from './digest.ts'
import { verifyEd25519 } from './ed25519.ts'

/** The signed bytes: `ep1/bundle|` + SHA-256 (hex) of the manifest file. */
export const bundleMessage = async (manifest: Uint8Array): Promise<Bytes> =>
  label('ep1/bundle', await sha256Hex(manifest))

/** True when the office's key (public, b64u) signed exactly these manifest bytes. */
export const verifyBundle = async (
  publicKey: string,
  manifest: Uint8Array,
  signature: string,
): Promise<boolean> => {
  try {
    const bytes = fromBase64url(signature.trim(), 64)
    return await verifyEd25519(publicKey, await bundleMessage(manifest), bytes)
  } catch {
    return false
  }
}
