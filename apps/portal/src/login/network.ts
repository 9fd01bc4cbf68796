// The pseudonym under which a client's network is counted: worthless tomorrow, and the same on every node today.
import { makeClientAddress, networkOf } from '@einmal-pin/platform/http/client-address'
import { toBase64url } from '@einmal-pin/vault/base64url'
import { dailyNetworkKey, networkPseudonym } from '@einmal-pin/vault/pepper'
import type { FastifyRequest } from 'fastify'
import type { Portal } from '../portal.ts'

/** Returns a function from a request to its network's pseudonym, b64u. */
export function makeNetworkOf({
  config,
  secrets,
}: Pick<Portal, 'config' | 'secrets'>): (request: FastifyRequest) => Promise<string> {
  const clientAddress = makeClientAddress(config.trustedProxies)
  let today = { day: '', key: Promise.resolve(new Uint8Array()) }
  return async (request) => {
    // The node's clock only names the day's key; what it counts is decided by the database's.
    const day = new Date().toISOString().slice(0, 10)
    if (today.day !== day) today = { day, key: dailyNetworkKey(secrets.pepper, day) }
    return toBase64url(
      await networkPseudonym(await today.key, networkOf(clientAddress(request.raw))),
    )
  }
}
