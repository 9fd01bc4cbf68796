// Checks the office's signed requests at the portal (RFC 9421, vault.md 10).
import {
  type FieldOccurrence,
  isSignatureError,
  SignatureErrorCode,
  verifySignature,
} from 'http-message-sig'
import { verifyContentDigest } from './digest.ts'
import { type PublicSigningKey, verifyEd25519 } from './ed25519.ts'

// `@path` does not cover the query string, so `@query` is signed too (also when it is empty).
export const SIGNED_COMPONENTS = ['@method', '@authority', '@path', '@query'] as const
export const SIGNED_COMPONENTS_WITH_BODY = [...SIGNED_COMPONENTS, 'content-digest'] as const
export const SIGNATURE_LABEL = 'office'
export const SIGNATURE_ALGORITHM = 'ed25519'
/**
 * Seconds. A request from a clock that is ahead is accepted until 70 s after its arrival (age, tolerance, lead):
 * nonces are remembered at least that long.
 */
export const SIGNATURE_MAX_AGE = 60
export const SIGNATURE_CLOCK_SKEW = 5

export type SignedRequest = {
  readonly method: string
  /** Made from the portal's configured origin, never from the Host that it sees. */
  readonly targetUri: string
  /** Header names in any case; a repeated header as an array. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The raw body; undefined or empty when there is none. */
  readonly body?: Uint8Array | undefined
}

/** The caller refuses a nonce that this key used before. `created` in seconds since 1970. */
export type VerifiedRequest = {
  readonly keyId: string
  readonly nonce: string
  readonly created: number
}

export type RequestRefusal =
  | 'signature.missing'
  | 'signature.key'
  | 'signature.digest'
  | 'signature.policy'
  | 'signature.invalid'

export type RequestVerdict =
  | { readonly ok: true; readonly value: VerifiedRequest }
  | { readonly ok: false; readonly error: RequestRefusal }

/**
 * Verifies the signature, its age against `now` (seconds, the database's clock) and the body's digest,
 * which the library does not look at. Replays are the caller's to find. Never throws for bad input.
 */
export const verifyRequest = async (
  request: SignedRequest,
  keys: readonly PublicSigningKey[],
  now: number,
): Promise<RequestVerdict> => {
  const fields = fieldsOf(request.headers)
  const body = request.body ?? new Uint8Array(0)
  const digest = fields.find(({ name }) => name === 'content-digest')?.value
  const covered = body.length > 0 || digest !== undefined
  if (covered && !(await verifyContentDigest(digest, body))) return refusal('signature.digest')
  try {
    return await verifyFields({ ...request, fields, covered, keys, now })
  } catch (error) {
    return refusal(refusalOf(error))
  }
}

type Check = {
  readonly method: string
  readonly targetUri: string
  readonly fields: readonly FieldOccurrence[]
  readonly covered: boolean
  readonly keys: readonly PublicSigningKey[]
  readonly now: number
}

const verifyFields = async (check: Check): Promise<RequestVerdict> => {
  const { method, targetUri, fields } = check
  const message = { kind: 'request', method, targetUri, fields } as const
  const verified = await verifySignature(message, {
    label: SIGNATURE_LABEL,
    policy: {
      algorithms: [SIGNATURE_ALGORITHM],
      requiredComponents: check.covered ? SIGNED_COMPONENTS_WITH_BODY : SIGNED_COMPONENTS,
      requiredParameters: ['created', 'keyid', 'nonce', 'alg'],
      maxAge: SIGNATURE_MAX_AGE,
      clockSkew: SIGNATURE_CLOCK_SKEW,
      now: check.now,
    },
    resolveVerifier: ({ parameters }) => verifierFor(check.keys, parameters.keyid),
  })
  const { keyid, nonce, created } = verified.parameters
  if (keyid === undefined || nonce === undefined || created === undefined) {
    return refusal('signature.policy')
  }
  return { ok: true, value: { keyId: keyid, nonce, created } }
}

const verifierFor = (keys: readonly PublicSigningKey[], keyId: string | undefined) => {
  const key = keys.find((candidate) => candidate.keyId === keyId)
  if (key === undefined) throw new RangeError('unknown key')
  return {
    algorithm: SIGNATURE_ALGORITHM,
    verify: (data: Uint8Array, signature: Uint8Array) =>
      verifyEd25519(key.publicKey, data, signature),
  }
}

const fieldsOf = (headers: SignedRequest['headers']): FieldOccurrence[] =>
  Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => ({ name: name.toLowerCase(), value: one })),
  )

const refusalOf = (error: unknown): RequestRefusal => {
  if (!isSignatureError(error)) return 'signature.invalid'
  switch (error.code) {
    case SignatureErrorCode.MissingField:
      return 'signature.missing'
    case SignatureErrorCode.ResolverFailed:
      return 'signature.key'
    case SignatureErrorCode.PolicyViolation:
      return 'signature.policy'
    default:
      return 'signature.invalid'
  }
}

const refusal = (error: RequestRefusal): RequestVerdict => ({ ok: false, error })
