// Second step of the login: one transaction takes the try, verifies KE3, gives the try back, checks the second factor and opens the session.

import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import { answerToRightPin, type PinLife } from '@einmal-pin/domain/pin-life'
import { fromBase64url, toBase64url } from '@einmal-pin/vault/base64url'
import { finishLogin as finishOpaque } from '@einmal-pin/vault/opaque-server'
import { pepperSecondFactor } from '@einmal-pin/vault/pepper'
import type { ErrorCode } from '@einmal-pin/wire/errors'
import type { LoginFinish, LoginOutcome } from '@einmal-pin/wire/login'
import { ProblemError, type ProblemExtra, problem } from '@einmal-pin/wire/problem'
import type { Transaction } from 'kysely'
import type { Portal } from '../portal.ts'
import { takeAttempt } from '../store/login-states.ts'
import { addDayFact } from '../store/outbox.ts'
import {
  endPins,
  type FoundPin,
  lockByIdentity,
  makeCurrent,
  noteFirstLogin,
} from '../store/pins.ts'
import type { PortalTables } from '../store/schema.ts'
import { startSession } from '../store/sessions.ts'
import { findSubmission } from '../store/submissions.ts'
import { refundAttempt } from '../store/throttle.ts'
import { checkSecondFactor } from './second-factor.ts'

type Tx = Transaction<PortalTables>

/** `token` comes with the outcome `open` only; it goes into the cookie. */
export type LoggedIn = { readonly outcome: LoginOutcome; readonly token?: string }

/** Throws `login.failed` or, with the right PIN only, `login.paused`. */
export async function finishLogin(portal: Portal, finish: LoginFinish): Promise<LoggedIn> {
  const presented = await pepperSecondFactor(
    portal.secrets.pepper,
    fromBase64url(finish.secondFactor, 32),
  )
  // A refusal is a result here, not an exception: what was counted must be committed.
  const result = await portal.database.transaction((tx) =>
    decide(portal, tx, finish, toBase64url(presented)),
  )
  if (result instanceof ProblemError) throw result
  return result
}

const refused = (code: ErrorCode, extra: ProblemExtra): ProblemError => problem(code, extra)

async function decide(
  portal: Portal,
  tx: Tx,
  { loginId, finishLoginRequest }: LoginFinish,
  secondFactor: string,
): Promise<LoggedIn | ProblemError> {
  const attempt = await takeAttempt(tx, loginId)
  if (attempt === undefined) return refused('login.failed', { pauseSeconds: 0 })
  const { serverState: serverLoginState, pauseSeconds } = attempt
  const rightPin = await finishOpaque({ serverLoginState, finishLoginRequest })
  if (!rightPin) return refused('login.failed', { pauseSeconds })
  const found = await lockByIdentity(tx, portal.clock, attempt.identity)
  await refundAttempt(tx, attempt)
  // The tombstone was purged between the two steps.
  if (found === undefined) return refused('login.failed', { pauseSeconds: 0 })
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

async function enter(clock: Portal['clock'], tx: Tx, { opened, pin }: FoundPin): Promise<LoggedIn> {
  const { case_id: caseId, round, wrapped_secret: wrappedSecret } = pin
  if (wrappedSecret === null) throw new Error('a live PIN without its wrapped secret')
  if (opened.round < round) {
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
  const { last_day: lastDay, expires_at: expiresAt } = pin
  return {
    token,
    outcome: {
      outcome: 'open',
      caseId,
      round,
      wrappedSecret,
      lastDay,
      expiresAt: expiresAt.toISOString(),
    },
  }
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
