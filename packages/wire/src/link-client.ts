// The typed client of the office's link to the portal: every call once, every answer checked against its schema.
import type { Static, TSchema } from 'typebox'
import { Check } from 'typebox/value'
import { FeedbackCounts } from './feedback.ts'
import type { Answer, CallOptions, Failure } from './http-client.ts'
import {
  type Command,
  CommandResult,
  FactList,
  PinRequestList,
  PortalCaseList,
  PortalStatus,
  type SubmissionAcknowledged,
  SubmissionOffer,
} from './office-link.ts'
import { LINK, type Route } from './routes.ts'

/** How a signed request gets to the portal; the office's courier and the portal's tests bring their own. */
export interface LinkCarrier {
  readonly json: (route: Route, call: CallOptions) => Promise<Answer<unknown>>
  /** Bytes; an answer of more than `maxBytes` is a failure. */
  readonly bytes: (
    route: Route,
    call: CallOptions,
    maxBytes: number,
  ) => Promise<Answer<Uint8Array<ArrayBuffer>>>
}

/** An answer that is no answer to this question: the portal is not to be believed, so it is a failure of the portal. */
const UNREADABLE: Failure = { ok: false, code: 'service.failed', status: 502, extra: {} }

function checked<T extends TSchema>(schema: T, answer: Answer<unknown>): Answer<Static<T>> {
  if (!answer.ok) return answer
  const { value } = answer
  return Check(schema, value) ? { ...answer, value } : UNREADABLE
}

export function makeLinkClient({ json, bytes }: LinkCarrier) {
  const ask = async <T extends TSchema>(schema: T, route: Route, call: CallOptions = {}) =>
    checked(schema, await json(route, call))
  const tell = async (route: Route, call: CallOptions): Promise<Answer<undefined>> => {
    const answer = await json(route, call)
    return answer.ok ? { ...answer, value: undefined } : answer
  }
  const ofCase = (caseId: string) => ({ parameters: { caseId } })
  return {
    status: () => ask(PortalStatus, LINK.status),
    command: (caseId: string, number: number, command: Command) =>
      ask(CommandResult, LINK.command, { parameters: { caseId, number }, json: command }),
    facts: (limit: number) => ask(FactList, LINK.outbox, { query: { limit } }),
    acknowledgeFacts: (ids: readonly string[]) => tell(LINK.acknowledgeFacts, { json: { ids } }),
    submission: (caseId: string) => ask(SubmissionOffer, LINK.submission, ofCase(caseId)),
    blob: (caseId: string, blobId: string, maxBytes: number) =>
      bytes(LINK.submissionBlob, { parameters: { caseId, blobId } }, maxBytes),
    acknowledge: (caseId: string, acknowledged: SubmissionAcknowledged) =>
      tell(LINK.acknowledgeSubmission, { ...ofCase(caseId), json: acknowledged }),
    quarantine: (caseId: string, round: number) =>
      tell(LINK.quarantineSubmission, { ...ofCase(caseId), json: { round } }),
    pinRequests: () => ask(PinRequestList, LINK.pinRequests),
    acknowledgePinRequests: (ids: readonly string[]) =>
      tell(LINK.acknowledgePinRequests, { json: { ids } }),
    /** Counters of this day and all later ones; without a day, all that are kept. */
    feedback: (since: string | undefined) =>
      ask(FeedbackCounts, LINK.feedback, { query: { since } }),
    cases: (after: string | null, limit: number) =>
      ask(PortalCaseList, LINK.cases, { query: { after: after ?? undefined, limit } }),
    reconciled: () => tell(LINK.reconciled, {}),
  }
}
