// Second step of the login: the attempt is taken, KE3 verified; then one transaction gives the try back, checks the second factor and opens the session.

import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import { answerToRightPin, type PinLife } from '@einmal-pin/domain/pin-life'
import { fromBase64url, toBase64url } from '@einmal-pin/vault/base64url'
import { finishLogin as finishOpaque } from '@einmal-pin/vault/opaque-server'
import { pepperSecondFactor } from '@einmal-pin/vault/pepper'
import type { LoginFinish, LoginOutcome } from '@einmal-pin/wire/login'
import { ProblemError, problem } from '@einmal-pin/wire/problem'
import type { Transaction } from 'kysely'
import type { Portal } from '../portal.ts'
import type { TakenAttempt } from '../store/login-states.ts'
import { addDayFact } from '../store/outbox.ts'
import {
  endPins,
  type FoundPin,
  lockByIdentity,
  makeCurrent,
  noteFirstLogin,
} from '../store/pins.ts'
import { type Judged, reenter, type Taken, takeAttempt } from '../store/reentry.ts'
import type { PortalTables } from '../store/schema.ts'
import { startSession } from '../store/sessions.ts'
import { findSubmission } from '../store/submissions.ts'
import { refundAttempt } from '../store/throttle.ts'
import { checkSecondFactor, isOneOf } from './second-factor.ts'

type Tx = Transaction<PortalTables>

/** `token` comes with the outcome `open` only; it goes into the cookie. */
export type LoggedIn = { readonly outcome: LoginOutcome; readonly token?: string }

/** Throws `login.failed` or, with the right PIN only, `login.paused`. */
export async function finishLogin(
  portal: Portal,
  { loginId, finishLoginRequest, secondFactor: digest }: LoginFinish,
): Promise<LoggedIn> {
  const peppered = await pepperSecondFactor(portal.secrets.pepper, fromBase64url(digest, 32))
  const secondFactor = toBase64url(peppered)
  const taken = await takeAttempt(portal, loginId)
  if (taken === undefined) throw problem('login.failed', { pauseSeconds: 0 })
  const { serverState: serverLoginState, pauseSeconds } = taken.attempt
  const isRightPin = await finishOpaque({ serverLoginState, finishLoginRequest })
  if (!isRightPin) throw problem('login.failed', { pauseSeconds })
  const again = await comeBack(portal, taken, secondFactor)
  if (again !== undefined) return again
  // A refusal is a result here, not an exception: what was counted must be committed.
  const result = await portal.database.transaction((tx) =>
    decide(portal, tx, taken.attempt, secondFactor),
  )
  if (result instanceof ProblemError) throw result
  return result
}

/** The usual way; undefined, and nothing was written, when this is not the usual case or is it no longer. */
async function comeBack(
  portal: Portal,
  { attempt, judged }: Taken,
  secondFactor: string,
): Promise<LoggedIn | undefined> {
  if (judged === undefined || !isUsual(judged)) return undefined
  if (!isOneOf(judged.secondFactors, secondFactor)) return undefined
  const lastDay = judged.lastDay as CalendarDate
  const answer = answerToRightPin({ state: 'live', lastDay }, judged.now)
  if (answer.outcome !== 'open') return undefined
  const token = await reenter(portal, attempt, judged)
  if (token === undefined) return undefined
  return { token, outcome: opened(judged) }
}

/** Once a second factor was wrong, the tries of this PIN are judged one by one for ever: no guess may overtake another. */
const isUsual = (judged: Judged): boolean =>
  judged.pinState === 'live' &&
  judged.caseState === 'open' &&
  judged.caseRound === judged.round &&
  judged.firstLoginDay !== null &&
  judged.secondFactorFailures === 0

/** Everything else, under the lock of the case: the try is given back, the second factor counted, the PIN judged. */
async function decide(
  portal: Portal,
  tx: Tx,
  attempt: TakenAttempt,
  secondFactor: string,
): Promise<LoggedIn | ProblemError> {
  const found = await lockByIdentity(tx, portal.clock, attempt.identity)
  await refundAttempt(tx, attempt)
  // The tombstone was purged between the two steps.
  if (found === undefined) return problem('login.failed', { pauseSeconds: 0 })
  const refusal = await checkSecondFactor(tx, portal.clock, found, secondFactor)
  return refusal ?? (await open(portal, tx, found))
}

async function open({ clock }: Portal, tx: Tx, found: FoundPin): Promise<LoggedIn> {
  const answer = answerToRightPin(await lifeOf(tx, found), found.now)
  switch (answer.outcome) {
    case 'open':
      return await enter(clock, tx, found)
    case 'submitted': {
      const submittedAt = answer.submittedAt.toISOString()
      return { outcome: { outcome: 'submitted', submittedAt, receiptNumber: answer.receiptNumber } }
    }
    case 'superseded':
      return { outcome: { outcome: 'superseded' } }
    default:
      return { outcome: answer }
  }
}

async function enter(clock: Portal['clock'], tx: Tx, found: FoundPin): Promise<LoggedIn> {
  const { opened: current, pin } = found
  const { case_id: caseId, round } = pin
  if (current.round < round) {
    // The old PIN stands until the first login with the new one, which is now.
    await endPins(tx, caseId, 'supersede', { to: round - 1 })
    await makeCurrent(tx, caseId, pin)
    await addDayFact(tx, clock, { type: 'switched', caseId, round })
  }
  if (pin.first_login_day === null) {
    await noteFirstLogin(tx, clock, pin)
    await addDayFact(tx, clock, { type: 'firstLogin', caseId, round })
  }
  const token = await startSession(tx, caseId, round)
  const { wrapped_secret: wrappedSecret, last_day: lastDay, expires_at: expiresAt } = pin
  return { token, outcome: opened({ caseId, round, wrappedSecret, lastDay, expiresAt }) }
}

type OpenPin = Pick<Judged, 'caseId' | 'round' | 'wrappedSecret' | 'lastDay' | 'expiresAt'>

function opened({ caseId, round, wrappedSecret, lastDay, expiresAt }: OpenPin): LoginOutcome {
  if (wrappedSecret === null) throw new Error('a live PIN without its wrapped secret')
  const expires = expiresAt.toISOString()
  return { outcome: 'open', caseId, round, wrappedSecret, lastDay, expiresAt: expires }
}

/** The row as the union of the domain. */
async function lifeOf(tx: Tx, { opened, pin }: FoundPin): Promise<PinLife> {
  const lastDay = pin.last_day as CalendarDate
  // A revoked case is closed for every letter that ever belonged to it.
  if (opened.state === 'revoked') return { state: 'revoked' }
  switch (pin.state) {
    case 'live':
    case 'expired':
      return { state: pin.state, lastDay }
    case 'spent': {
      const submission = await findSubmission(tx, pin.case_id)
      if (submission === undefined) return { state: 'revoked' }
      const { receipt_number: receiptNumber, received_at: submittedAt } = submission
      return { state: 'spent', submittedAt, receiptNumber }
    }
    default:
      return { state: pin.state }
  }
}
