// Lets only the office's own, fresh and unaltered requests through (RFC 9421); everything else hears the same refusal.
import { rawBody } from '@einmal-pin/platform/http/bodies'
import { verifyRequest } from '@einmal-pin/vault/http-signature'
import { problem } from '@einmal-pin/wire/problem'
import type { FastifyRequest } from 'fastify'
import type { Portal } from '../portal.ts'
import { useNonce } from '../store/nonces.ts'
import type { PortalTables } from '../store/schema.ts'

/** A hook for the time after the body was read and before it is validated. Throws `signature.invalid` or `signature.replayed`. */
export function makeSignatureCheck(portal: Portal): (request: FastifyRequest) => Promise<void> {
  const { config, secrets, database, clock } = portal
  return async (request) => {
    const now = await clock.now<PortalTables>(database.kysely)
    const verdict = await verifyRequest(
      {
        method: request.method,
        // The configured origin, never the Host that came: else a signature for another portal would fit here.
        targetUri: `${config.publicUrl}${request.raw.url ?? ''}`,
        headers: request.headers,
        body: rawBody(request),
      },
      secrets.officeKeys,
      Math.floor(now.getTime() / 1000),
    )
    if (!verdict.ok) throw problem('signature.invalid')
    const { keyId, nonce } = verdict.value
    if (!(await useNonce(database.kysely, keyId, nonce))) throw problem('signature.replayed')
  }
}
