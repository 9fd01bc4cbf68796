// The office signs the list of letters that it hands over.
import { toBase64url } from './base64url.ts'
import { bundleMessage } from './bundle-signature.ts'
import { type SigningKey, signEd25519 } from './ed25519.ts'

/** The content of manifest.sig: Ed25519 over the manifest file's digest, b64u (86 characters). */
export const signBundle = async (
  key: Pick<SigningKey, 'privateKey'>,
  manifest: Uint8Array,
): Promise<string> => toBase64url(await signEd25519(key.privateKey, await bundleMessage(manifest)))
