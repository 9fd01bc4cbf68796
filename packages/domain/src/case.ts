// The life of one case (Vorgang) as the office keeps it: states, one table of moves, and what a clerk may do when.

import type { CalendarDate } from './calendar-date.ts'
import { isOnItsWay, type LetterState } from './letter-life.ts'
import { isAlive, type PinState } from './pin-life.ts'
import { err, ok, type Result } from './result.ts'

/** Why a case was withdrawn (domain.md 4.1). */
export type RevocationReason = 'death' | 'answeredOnPaper' | 'wrongAddressee' | 'openedInError'

/** What is known of a case in each state. Source: design.md 7, domain.md 4.1. */
export type Case =
  | { readonly state: 'opened' }
  | { readonly state: 'published'; readonly round: number; readonly lastDay: CalendarDate }
  | {
      readonly state: 'begun'
      readonly round: number
      readonly lastDay: CalendarDate
      readonly firstLogin: CalendarDate
    }
  | { readonly state: 'expired'; readonly lastDay: CalendarDate }
  | { readonly state: 'revoked'; readonly reason: RevocationReason }
  | { readonly state: 'submitted'; readonly receivedAt: Date; readonly receiptNumber: string }
  | { readonly state: 'quarantined'; readonly receivedAt: Date; readonly receiptNumber: string }
  | { readonly state: 'received'; readonly receivedAt: Date; readonly receiptNumber: string }
  | { readonly state: 'accepted'; readonly receivedAt: Date; readonly receiptNumber: string }
  | { readonly state: 'followUp'; readonly receivedAt: Date; readonly receiptNumber: string }
  | { readonly state: 'exported'; readonly receivedAt: Date; readonly exportedAt: Date }
  | { readonly state: 'purged' }

export type CaseState = Case['state']

/**
 * publish: the portal has the PIN's record. begin: first login. reissue: a newer letter is in force, the
 * draft survives. reissueEmpty: the same after a theft, with a fresh secret and an empty draft. submit: the
 * portal accepted a submission. receive: it was fetched, verified and stored. quarantine: it does not
 * verify. accept, askAgain: the clerk's review; what is missing becomes a case of its own. export: the
 * archive has it. purge: the retention period is over.
 */
export type CaseEvent =
  | 'publish'
  | 'begin'
  | 'reissue'
  | 'reissueEmpty'
  | 'expire'
  | 'revoke'
  | 'submit'
  | 'receive'
  | 'quarantine'
  | 'accept'
  | 'askAgain'
  | 'export'
  | 'purge'

/**
 * This is the office's view, told by the portal's facts, which arrive late and in any order. So `submit` is
 * also allowed from `expired` and `revoked`: the portal's transaction had accepted it before the end
 * reached the portal, and what was received in time must not be lost. The portal itself decides by the PIN's
 * table (pin-life.ts), where only a live PIN can submit.
 */
export const CASE_TRANSITIONS = {
  opened: { publish: 'published', revoke: 'revoked' },
  published: {
    begin: 'begun',
    reissue: 'published',
    reissueEmpty: 'published',
    submit: 'submitted',
    expire: 'expired',
    revoke: 'revoked',
  },
  begun: {
    begin: 'begun',
    reissue: 'begun',
    reissueEmpty: 'published',
    submit: 'submitted',
    expire: 'expired',
    revoke: 'revoked',
  },
  expired: {
    reissue: 'published',
    reissueEmpty: 'published',
    submit: 'submitted',
    revoke: 'revoked',
    purge: 'purged',
  },
  revoked: { submit: 'submitted', purge: 'purged' },
  submitted: { receive: 'received', quarantine: 'quarantined' },
  quarantined: { receive: 'received', purge: 'purged' },
  received: { accept: 'accepted', askAgain: 'followUp' },
  accepted: { askAgain: 'followUp', export: 'exported' },
  followUp: { accept: 'accepted', export: 'exported' },
  exported: { purge: 'purged' },
  purged: {},
} as const satisfies Record<CaseState, Partial<Record<CaseEvent, CaseState>>>

/** The state after `event`, or `case.transition` when the table does not allow it. */
export function nextCaseState(
  state: CaseState,
  event: CaseEvent,
): Result<CaseState, 'case.transition'> {
  const moves: Partial<Record<CaseEvent, CaseState>> = CASE_TRANSITIONS[state]
  const next = moves[event]
  return next ? ok(next) : err('case.transition')
}

export type ClerkAction =
  | 'printLetter'
  | 'reissue'
  | 'revoke'
  | 'answeredOnPaper'
  | 'updateCard'
  | 'extend'

/** Source: domain.md 4.3 and 4.7. After the submission the inbox takes over and none of these applies. */
export const CLERK_ACTIONS = {
  opened: ['printLetter', 'revoke', 'answeredOnPaper', 'updateCard'],
  published: ['reissue', 'revoke', 'answeredOnPaper', 'updateCard', 'extend'],
  begun: ['reissue', 'revoke', 'answeredOnPaper', 'updateCard', 'extend'],
  expired: ['reissue', 'revoke', 'answeredOnPaper', 'updateCard'],
  revoked: [],
  submitted: [],
  quarantined: [],
  received: [],
  accepted: [],
  followUp: [],
  exported: [],
  purged: [],
} as const satisfies Record<CaseState, readonly ClerkAction[]>

/** The latest round of a case: its PIN and the letter that carries it. */
export type Round = { readonly pin: PinState; readonly letter: LetterState }

/**
 * What a clerk may do, in the order of the buttons. Without `round` (no letter made yet, or the caller
 * knows the case only) the case's own table answers.
 */
export function allowedActions(state: CaseState, round?: Round): readonly ClerkAction[] {
  const actions: readonly ClerkAction[] = CLERK_ACTIONS[state]
  return round ? actions.filter((action) => fitsRound(action, round)) : actions
}

// A second letter while one is on its way would be a second PIN: that is a reissue. A later last day is of
// use only to somebody who holds the letter of a living PIN.
function fitsRound(action: ClerkAction, { pin, letter }: Round): boolean {
  if (action === 'printLetter') return !isOnItsWay(letter)
  if (action === 'extend') return isAlive(pin) && isOnItsWay(letter)
  return true
}
