// SHA-256 and the Content-Digest header of RFC 9530.
import { base64 } from '@scure/base'
import { toHex } from './base64url.ts'
import { type Bytes, plain } from './bytes.ts'
import { equalBytes } from './constant-time.ts'

export const sha256 = async (bytes: Uint8Array): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', plain(bytes)))

export const sha256Hex = async (bytes: Uint8Array): Promise<string> => toHex(await sha256(bytes))

/** The header value `sha-256=:<base64>:` of a digest (32 bytes). */
export const contentDigestOf = (digest: Uint8Array): string => `sha-256=:${base64.encode(digest)}:`

/** The header value for a body. */
export const makeContentDigest = async (body: Uint8Array): Promise<string> =>
  contentDigestOf(await sha256(body))

// RFC 9530 allows a dictionary of algorithms; between our own programs exactly sha-256 stands in it.
const HEADER = /^sha-256=:([A-Za-z0-9+/]{43}=):$/

/** The digest (32 bytes) named by the header value, or undefined when it is missing or malformed. */
export const parseContentDigest = (header: string | undefined): Bytes | undefined => {
  const encoded = HEADER.exec(header ?? '')?.[1]
  if (encoded === undefined) return undefined
  try {
    return plain(base64.decode(encoded))
  } catch {
    return undefined
  }
}

/** True when the header is well formed and names the SHA-256 of exactly this body. */
export const verifyContentDigest = async (
  header: string | undefined,
  body: Uint8Array,
): Promise<boolean> => {
  const claimed = parseContentDigest(header)
  return claimed !== undefined && equalBytes(claimed, await sha256(body))
}
