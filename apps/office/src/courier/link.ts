// The only code that dials the portal: every request signed (RFC 9421), every answer a value.

import type { SigningKey } from '@einmal-pin/vault/ed25519'
import { signRequest } from '@einmal-pin/vault/http-signing'
import { newId } from '@einmal-pin/vault/random'
import { type Answer, type CallOptions, callBytes, callJson } from '@einmal-pin/wire/http-client'
import type {
  Command,
  CommandResult,
  FactList,
  PinRequestList,
  PortalCaseList,
  PortalStatus,
  SubmissionAcknowledged,
  SubmissionOffer,
} from '@einmal-pin/wire/office-link'
import { LINK, type Route } from '@einmal-pin/wire/routes'

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
const NOT_REACHABLE = { ok: false, code: 'network', status: 0, extra: {} } as const

export function makeLink(options: LinkOptions) {
  const send = (request: Request) => signAndSend(options, request)
  const json = async <T>(route: Route, call: CallOptions = {}): Promise<Answer<T>> => {
    const origin = await options.origin()
    if (origin === undefined) return NOT_REACHABLE
    const signal = AbortSignal.timeout(ANSWER_MILLISECONDS)
    return callJson<T>(send, origin, route, { ...call, signal })
  }
  const blob = async (call: CallOptions): Promise<Answer<Uint8Array<ArrayBuffer>>> => {
    const origin = await options.origin()
    if (origin === undefined) return NOT_REACHABLE
    const signal = AbortSignal.timeout(BLOB_MILLISECONDS)
    return callBytes(send, origin, LINK.submissionBlob, { ...call, signal })
  }
  const ofCase = (caseId: string) => ({ parameters: { caseId } })
  return {
    status: () => json<PortalStatus>(LINK.status),
    /** `body` are the exact bytes of the command's row: the portal compares their digest. */
    command: (caseId: string, number: number, body: string) =>
      json<CommandResult>(LINK.command, {
        parameters: { caseId, number },
        json: JSON.parse(body) as Command,
      }),
    facts: (limit: number) => json<FactList>(LINK.outbox, { query: { limit } }),
    acknowledgeFacts: (ids: readonly string[]) =>
      json<undefined>(LINK.acknowledgeFacts, { json: { ids } }),
    submission: (caseId: string) => json<SubmissionOffer>(LINK.submission, ofCase(caseId)),
    blob: (caseId: string, blobId: string) => blob({ parameters: { caseId, blobId } }),
    acknowledge: (caseId: string, acknowledged: SubmissionAcknowledged) =>
      json<undefined>(LINK.acknowledgeSubmission, { ...ofCase(caseId), json: acknowledged }),
    quarantine: (caseId: string, round: number) =>
      json<undefined>(LINK.quarantineSubmission, { ...ofCase(caseId), json: { round } }),
    pinRequests: () => json<PinRequestList>(LINK.pinRequests),
    acknowledgePinRequests: (ids: readonly string[]) =>
      json<undefined>(LINK.acknowledgePinRequests, { json: { ids } }),
    cases: (after: string | null, limit: number) =>
      json<PortalCaseList>(LINK.cases, { query: { after: after ?? undefined, limit } }),
    reconciled: () => json<undefined>(LINK.reconciled),
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
