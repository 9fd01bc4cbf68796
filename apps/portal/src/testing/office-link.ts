// The office's side of the link for tests: signs requests like the courier does, and lets attack tests bend each part.

import type { SigningKey } from '@einmal-pin/vault/ed25519'
import { signRequest } from '@einmal-pin/vault/http-signing'
import { newId } from '@einmal-pin/vault/random'
import type { Answer, CallOptions } from '@einmal-pin/wire/http-client'
import { callBytes, callJson, requestOf } from '@einmal-pin/wire/http-client'
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
  const json = async <T>(route: Route, call: CallOptions = {}): Promise<Answer<T>> =>
    callJson<T>(await send(route, call), options.dial, route, call)
  return {
    options,
    command: (caseId: string, number: number, command: Command) =>
      json<CommandResult>(LINK.command, { parameters: { caseId, number }, json: command }),
    outbox: () => json<FactList>(LINK.outbox, { query: { limit: 500 } }),
    acknowledgeFacts: (ids: readonly string[]) =>
      json<undefined>(LINK.acknowledgeFacts, { json: { ids } }),
    submission: (caseId: string) =>
      json<SubmissionOffer>(LINK.submission, { parameters: { caseId } }),
    blob: async (caseId: string, blobId: string) => {
      const call = { parameters: { caseId, blobId } }
      const sender = await send(LINK.submissionBlob, call)
      return callBytes(sender, options.dial, LINK.submissionBlob, call)
    },
    acknowledge: (caseId: string, body: SubmissionAcknowledged) =>
      json<undefined>(LINK.acknowledgeSubmission, { parameters: { caseId }, json: body }),
    quarantine: (caseId: string, round: number) =>
      json<undefined>(LINK.quarantineSubmission, { parameters: { caseId }, json: { round } }),
    pinRequests: () => json<PinRequestList>(LINK.pinRequests),
    acknowledgePinRequests: (ids: readonly string[]) =>
      json<undefined>(LINK.acknowledgePinRequests, { json: { ids } }),
    cases: (query: { readonly after?: string; readonly limit?: number } = {}) =>
      json<PortalCaseList>(LINK.cases, { query }),
    reconciled: () => json<undefined>(LINK.reconciled),
    status: () => json<PortalStatus>(LINK.status),
  }
}
