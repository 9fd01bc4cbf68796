// The office's side of the link for tests: signs requests like the courier does, and lets attack tests bend each part.

import type { SigningKey } from '@einmal-pin/vault/ed25519'
import { signRequest } from '@einmal-pin/vault/http-signing'
import { newId } from '@einmal-pin/vault/random'
import type { CallOptions } from '@einmal-pin/wire/http-client'
import { callBytes, callJson, requestOf } from '@einmal-pin/wire/http-client'
import { MAX_CASE_BYTES } from '@einmal-pin/wire/limits'
import { makeLinkClient } from '@einmal-pin/wire/link-client'
import type { Route } from '@einmal-pin/wire/routes'

export type OfficeLinkOptions = {
  /** Where the second listener is. */
  readonly dial: string
  /** What the signature names. */
  readonly publicOrigin: string
  readonly key: SigningKey
  /** Seconds to add to this process's clock. */
  readonly clockOffsetSeconds?: number
}

export type OfficeLink = ReturnType<typeof officeLink>

/** Signs a request of the public origin and returns it readdressed to the listener. */
export async function signedRequest(
  options: OfficeLinkOptions,
  route: Route,
  call: CallOptions = {},
  signature: { readonly created?: number; readonly nonce?: string } = {},
): Promise<Request> {
  const unsigned = requestOf(options.publicOrigin, route, call)
  const body = new Uint8Array(await unsigned.arrayBuffer())
  const created =
    signature.created ?? Math.floor(Date.now() / 1000) + (options.clockOffsetSeconds ?? 0)
  const headers = await signRequest(
    {
      method: route.method,
      targetUri: unsigned.url,
      body,
      created,
      nonce: signature.nonce ?? newId(),
    },
    options.key,
  )
  return requestOf(options.dial, route, { ...call, headers: { ...call.headers, ...headers } })
}

export function officeLink(options: OfficeLinkOptions) {
  const send = async (route: Route, call: CallOptions) => {
    const request = await signedRequest(options, route, call)
    return () => fetch(request)
  }
  const client = makeLinkClient({
    json: async (route, call) => callJson(await send(route, call), options.dial, route, call),
    bytes: async (route, call) => callBytes(await send(route, call), options.dial, route, call),
  })
  return {
    ...client,
    options,
    outbox: () => client.facts(500),
    blob: (caseId: string, blobId: string) => client.blob(caseId, blobId, MAX_CASE_BYTES),
    cases: (query: { readonly after?: string; readonly limit?: number } = {}) =>
      client.cases(query.after ?? null, query.limit ?? 500),
  }
}
