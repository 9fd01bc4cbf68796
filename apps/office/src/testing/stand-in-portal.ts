// A portal that says what a test wants it to say, honest or hostile: the office must hold against both.
import type { FeedbackCount } from '@einmal-pin/wire/feedback'
import type { Answer } from '@einmal-pin/wire/http-client'
import type {
  Fact,
  PinRequestList,
  PortalCaseList,
  PortalStatus,
  SubmissionAcknowledged,
} from '@einmal-pin/wire/office-link'
import type { PortalLink } from '../courier/link.ts'
import type { SentSubmission } from './sent-submission.ts'

/** What happened at it, and what it will answer; tests change both. */
export interface StandInPortal extends PortalLink {
  readonly submissions: Map<string, SentSubmission>
  readonly facts_: Fact[]
  readonly cases_: PortalCaseList['cases'][number][]
  readonly requests_: PinRequestList['requests'][number][]
  readonly feedback_: FeedbackCount[]
  readonly acknowledged: SubmissionAcknowledged[]
  readonly quarantined: string[]
  readonly commands_: { caseId: string; number: number; body: string }[]
  readonly opened: { count: number }
  /** Answers of the next commands, the first one first; afterwards all are applied. */
  readonly refusals: ('network' | 'command.notAllowed' | 'command.outdated')[]
  /** The number of each case that it has applied; a lower one is outdated, as at a real portal. */
  readonly numbers_: Map<string, number>
  status_: Partial<PortalStatus>
}

const good = <T>(value: T): Answer<T> => ({
  ok: true,
  value,
  status: 200,
  headers: new Headers(),
})
const bad = (code: 'network' | 'submission.none' | 'command.notAllowed' | 'command.outdated') =>
  ({ ok: false, code, status: STATUS[code], extra: {} }) as const
const STATUS = {
  network: 0,
  'submission.none': 404,
  'command.notAllowed': 409,
  'command.outdated': 409,
} as const

export function standInPortal(receiptKey: PortalStatus['receiptKey']): StandInPortal {
  const portal: StandInPortal = {
    submissions: new Map(),
    ...{ facts_: [], cases_: [], requests_: [], feedback_: [], acknowledged: [], quarantined: [] },
    ...{ commands_: [], refusals: [], opened: { count: 0 }, status_: {}, numbers_: new Map() },
    status: async () => {
      const now = new Date().toISOString()
      return good({ loginsOpen: true, appliedCommands: 0, now, receiptKey, ...portal.status_ })
    },
    command: async (caseId, number, body) => {
      const refusal = portal.refusals.shift()
      if (refusal !== undefined) return bad(refusal)
      const latest = portal.numbers_.get(caseId) ?? 0
      if (number < latest) return { ...bad('command.outdated'), extra: { number: latest } }
      portal.commands_.push({ caseId, number, body })
      return good({ number, state: 'open', round: 1 })
    },
    feedback: async (since) =>
      good({ counts: portal.feedback_.filter(({ day }) => since === undefined || day >= since) }),
    facts: async () => good({ facts: [...portal.facts_] }),
    acknowledgeFacts: async (ids) => {
      const kept = portal.facts_.filter(({ id }) => !ids.includes(id))
      portal.facts_.splice(0, portal.facts_.length, ...kept)
      return good(undefined)
    },
    submission: async (caseId) => {
      const sent = portal.submissions.get(caseId)
      return sent === undefined ? bad('submission.none') : good(sent.offer)
    },
    blob: async (caseId, blobId) => {
      const bytes = portal.submissions.get(caseId)?.blobs.get(blobId)
      return bytes === undefined ? bad('submission.none') : good(bytes)
    },
    acknowledge: async (_caseId, acknowledged) => {
      portal.acknowledged.push(acknowledged)
      return good(undefined)
    },
    quarantine: async (caseId) => {
      portal.quarantined.push(caseId)
      return good(undefined)
    },
    pinRequests: async () => good({ requests: [...portal.requests_] }),
    acknowledgePinRequests: async () => {
      portal.requests_.splice(0)
      return good(undefined)
    },
    cases: async () => good({ cases: [...portal.cases_], next: null }),
    reconciled: async () => {
      portal.opened.count += 1
      return good(undefined)
    },
  }
  return portal
}
