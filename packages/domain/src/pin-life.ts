// The life of one PIN (one round of a case): a union of what is known in each state, and one table of moves.
import type { CalendarDate } from './calendar-date.ts'
import { err, ok, type Result } from './result.ts'
import { isExpired } from './validity.ts'

/** Source: design.md 7, domain.md 4.1. Only a live PIN opens anything; every other state is dead. */
export type PinLife =
  | { readonly state: 'live'; readonly lastDay: CalendarDate }
  | { readonly state: 'spent'; readonly submittedAt: Date; readonly receiptNumber: string }
  | { readonly state: 'expired'; readonly lastDay: CalendarDate }
  | { readonly state: 'superseded'; readonly letterDate?: CalendarDate }
  | { readonly state: 'locked' }
  | { readonly state: 'revoked' }

export type PinState = PinLife['state']

/**
 * submit: the case was sent. expire: the last day is over. supersede: a newer letter is in force.
 * freeze: the throttle's limit is reached. revoke: the office withdrew it, or the letter came back.
 * extend: a later last day.
 */
export type PinEvent = 'submit' | 'expire' | 'supersede' | 'freeze' | 'revoke' | 'extend'

/**
 * A dead PIN never lives again: no row but the first leads to `live`. A newer letter, or a revocation, may
 * still change what the right PIN hears; what was sent stays sent.
 */
export const PIN_TRANSITIONS = {
  live: {
    submit: 'spent',
    expire: 'expired',
    supersede: 'superseded',
    freeze: 'locked',
    revoke: 'revoked',
    extend: 'live',
  },
  spent: {},
  expired: { supersede: 'superseded', revoke: 'revoked' },
  superseded: { revoke: 'revoked' },
  locked: { supersede: 'superseded', revoke: 'revoked' },
  revoked: {},
} as const satisfies Record<PinState, Partial<Record<PinEvent, PinState>>>

/** The state after `event`, or `pin.transition` when the table does not allow it. */
export function nextPinState(state: PinState, event: PinEvent): Result<PinState, 'pin.transition'> {
  const moves: Partial<Record<PinEvent, PinState>> = PIN_TRANSITIONS[state]
  const next = moves[event]
  return next ? ok(next) : err('pin.transition')
}

/** Whether the state still lets somebody in (before the clock is asked). */
export function isAlive(state: PinState): boolean {
  return state === 'live'
}

/** What fully right login data open or hear; the names are those of the wire's login outcome. */
export type LoginAnswer =
  | { readonly outcome: 'open'; readonly lastDay: CalendarDate }
  | { readonly outcome: 'submitted'; readonly submittedAt: Date; readonly receiptNumber: string }
  | { readonly outcome: 'expired'; readonly lastDay: CalendarDate }
  | { readonly outcome: 'superseded'; readonly letterDate?: CalendarDate }
  | { readonly outcome: 'locked' }
  | { readonly outcome: 'closed' }

/**
 * »Warum komme ich mit meiner PIN nicht mehr hinein?« Wer alles richtig eingibt, erfährt den Grund.
 *
 * The clock decides, not the state: a live PIN whose expiry job has not run yet is expired all the same.
 */
export function answerToRightPin(pin: PinLife, now: Date): LoginAnswer {
  switch (pin.state) {
    case 'live':
      return { outcome: isExpired(pin.lastDay, now) ? 'expired' : 'open', lastDay: pin.lastDay }
    case 'spent': {
      const { submittedAt, receiptNumber } = pin
      return { outcome: 'submitted', submittedAt, receiptNumber }
    }
    case 'expired':
      return { outcome: 'expired', lastDay: pin.lastDay }
    case 'superseded':
      return pin.letterDate
        ? { outcome: 'superseded', letterDate: pin.letterDate }
        : { outcome: 'superseded' }
    case 'locked':
      return { outcome: 'locked' }
    case 'revoked':
      return { outcome: 'closed' }
    default:
      return pin satisfies never
  }
}
