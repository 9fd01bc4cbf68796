// The only code that dials the portal: every request signed (RFC 9421), every answer bounded, checked and a value.

import type { SigningKey } from '@einmal-pin/vault/ed25519'
import { signRequest } from '@einmal-pin/vault/http-signing'
import { newId } from '@einmal-pin/vault/random'
import { type Answer, type CallOptions, callBytes, callJson } from '@einmal-pin/wire/http-client'
import { MIB } from '@einmal-pin/wire/limits'
import { makeLinkClient } from '@einmal-pin/wire/link-client'
import type { Command } from '@einmal-pin/wire/office-link'
import type { Route } from '@einmal-pin/wire/routes'

export interface LinkOptions {
  /** Where the portal's second listener is now; undefined while it is not known. */
  readonly origin: () => Promise<string | undefined>
  /** The portal's configured origin, which signatures are made for. */
  readonly publicUrl: string
  readonly signingKey: SigningKey
  /** The database's clock. */
  readonly now: () => Promise<Date>
}

const ANSWER_MILLISECONDS = 30_000
/** A document of 25 MiB over a slow line between the zones. */
const BLOB_MILLISECONDS = 300_000
/** The longest honest list (orders for a new PIN) has a twentieth of it; a portal that never stops talking must not fill the memory. */
const MAX_ANSWER_BYTES = 16 * MIB
const NOT_REACHABLE = { ok: false, code: 'network', status: 0, extra: {} } as const

type Call<T> = (
  send: (request: Request) => Promise<Response>,
  origin: string,
  options: CallOptions,
) => Promise<Answer<T>>

export function makeLink(options: LinkOptions) {
  const dial = async <T>(
    call: CallOptions,
    { milliseconds, maxBytes }: { readonly milliseconds: number; readonly maxBytes: number },
    run: Call<T>,
  ): Promise<Answer<T>> => {
    const origin = await options.origin()
    if (origin === undefined) return NOT_REACHABLE
    const send = (request: Request) => signAndSend(options, request)
    const signal = AbortSignal.timeout(milliseconds)
    const answer = await run(send, origin, { ...call, signal, maxBytes })
    // Whoever never stops talking counts as away, not as having answered.
    return !answer.ok && answer.code === 'answer.tooLarge' ? NOT_REACHABLE : answer
  }
  const client = makeLinkClient({
    json: (route: Route, call) => {
      const limits = { milliseconds: ANSWER_MILLISECONDS, maxBytes: MAX_ANSWER_BYTES }
      return dial(call, limits, (send, origin, given) => callJson(send, origin, route, given))
    },
    bytes: (route, call, maxBytes) => {
      const limits = { milliseconds: BLOB_MILLISECONDS, maxBytes }
      return dial(call, limits, (send, origin, given) => callBytes(send, origin, route, given))
    },
  })
  return {
    ...client,
    /** `body` are the exact bytes of the command's row: the portal compares their digest. */
    command: (caseId: string, number: number, body: string) =>
      client.command(caseId, number, JSON.parse(body) as Command),
  }
}

export type PortalLink = ReturnType<typeof makeLink>

/** The signature is for the portal's own origin, whatever address the office dials. */
async function signAndSend(options: LinkOptions, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const body = new Uint8Array(await request.clone().arrayBuffer())
  const headers = await signRequest(
    {
      method: request.method,
      targetUri: `${options.publicUrl}${pathname}${search}`,
      ...(body.length > 0 && { body }),
      created: Math.floor((await options.now()).getTime() / 1000),
      nonce: newId(),
    },
    options.signingKey,
  )
  for (const [name, value] of Object.entries(headers)) request.headers.set(name, value)
  return fetch(request)
}
