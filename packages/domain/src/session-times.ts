// How long a login lasts (design.md 4); all in minutes unless the name says otherwise.

/** Without human input; background saves do not count. */
export const SESSION_IDLE_MINUTES = 30
/** Before the idle end the page warns (WCAG 2.2.1). */
export const SESSION_WARNING_MINUTES = 2
/** However busy the person is. */
export const SESSION_ABSOLUTE_MINUTES = 8 * 60
/** After sending, for the receipt and the person's copy only. */
export const SESSION_RECEIPT_MINUTES = 45
/** Seconds between the two halves of a login. */
export const LOGIN_STATE_SECONDS = 60

const MINUTE_MS = 60_000

/** When the session ends if no further input comes: the idle end, but never after the absolute one. */
export function idleExpiresAt(lastInputAt: Date, loggedInAt: Date): Date {
  const idle = lastInputAt.getTime() + SESSION_IDLE_MINUTES * MINUTE_MS
  return new Date(Math.min(idle, absoluteExpiresAt(loggedInAt).getTime()))
}

/** When the session ends in any case. */
export function absoluteExpiresAt(loggedInAt: Date): Date {
  return new Date(loggedInAt.getTime() + SESSION_ABSOLUTE_MINUTES * MINUTE_MS)
}

/** When the receipt can be seen for the last time after sending at `submittedAt`. */
export function receiptExpiresAt(submittedAt: Date): Date {
  return new Date(submittedAt.getTime() + SESSION_RECEIPT_MINUTES * MINUTE_MS)
}
