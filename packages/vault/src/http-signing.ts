// Signs the office's requests to the portal (RFC 9421, vault.md 10).
import { createSignature } from 'http-message-sig'
import { makeContentDigest } from './digest.ts'
import { type SigningKey, signEd25519 } from './ed25519.ts'
import {
  SIGNATURE_ALGORITHM,
  SIGNATURE_LABEL,
  SIGNED_COMPONENTS,
  SIGNED_COMPONENTS_WITH_BODY,
} from './http-signature.ts'

export type RequestToSign = {
  readonly method: string
  readonly targetUri: string
  readonly body?: Uint8Array | undefined
  /** Seconds since 1970. */
  readonly created: number
  /** Never used before: `newId()` of random.ts. */
  readonly nonce: string
}

/** The headers to add to the request: `signature`, `signature-input`, with a body `content-digest`. */
export const signRequest = async (
  request: RequestToSign,
  key: SigningKey,
): Promise<Record<string, string>> => {
  const { method, targetUri, body, created, nonce } = request
  const digest: Record<string, string> = {}
  const covered = body !== undefined && body.length > 0
  if (covered) digest['content-digest'] = await makeContentDigest(body)
  const fields = Object.entries(digest).map(([name, value]) => ({ name, value }))
  const message = { kind: 'request', method, targetUri, fields } as const
  const { signature, signatureInput } = await createSignature(message, {
    label: SIGNATURE_LABEL,
    components: covered ? SIGNED_COMPONENTS_WITH_BODY : SIGNED_COMPONENTS,
    parameters: { created, alg: SIGNATURE_ALGORITHM, keyid: key.keyId, nonce },
    signer: {
      algorithm: SIGNATURE_ALGORITHM,
      sign: (data) => signEd25519(key.privateKey, data),
    },
  })
  return { ...digest, signature, 'signature-input': signatureInput }
}
