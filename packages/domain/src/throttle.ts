// How long to wait after wrong login data, and when a PIN freezes (design.md 4): two counters, one schedule.

/** Wrong tries without a pause. */
export const FREE_ATTEMPTS = 5
/** Seconds of the first pause; it doubles with every further wrong try. */
export const FIRST_PAUSE_SECONDS = 30
/** Longest pause in seconds: one hour. */
export const LONGEST_PAUSE_SECONDS = 3_600
/** Wrong PINs over all networks that freeze the PIN: 1000 of 10^13 leave a chance of 1 in 10^10. */
export const WRONG_PIN_FREEZE = 1_000
/** Right PIN with a wrong second factor, counted on the PIN: only its holder can come here. */
export const WRONG_SECOND_FACTOR_FREEZE = 20
/** Hours without a further wrong try after which a row of the first counter is forgotten. */
export const THROTTLE_LAPSE_HOURS = 24

/** Seconds to wait after `failures` wrong tries in a row: 0 up to the fourth, then 30 s doubling to 1 h. */
export function pauseAfter(failures: number): number {
  if (failures < FREE_ATTEMPTS) return 0
  return Math.min(FIRST_PAUSE_SECONDS * 2 ** (failures - FREE_ATTEMPTS), LONGEST_PAUSE_SECONDS)
}

export type ThrottleVerdict = { readonly pauseSeconds: number; readonly frozen: boolean }

/**
 * First counter, wrong PIN. `fromNetwork`: wrong tries of the pair (identity, network); `fromAll`: of the
 * identity over all networks. The pause binds that network only, so nobody elsewhere can lock a person out.
 * Unknown identities are counted alike.
 */
export function afterWrongPin(fromNetwork: number, fromAll: number): ThrottleVerdict {
  return { pauseSeconds: pauseAfter(fromNetwork), frozen: fromAll >= WRONG_PIN_FREEZE }
}

/** Second counter, right PIN and wrong second factor; it is counted on the PIN and never lapses. */
export function afterWrongSecondFactor(failures: number): ThrottleVerdict {
  return { pauseSeconds: pauseAfter(failures), frozen: failures >= WRONG_SECOND_FACTOR_FREEZE }
}

/** Whole seconds from `now` until `notBefore`, rounded up; 0 when the pause is over. */
export function retryAfterSeconds(notBefore: Date, now: Date): number {
  return Math.max(0, Math.ceil((notBefore.getTime() - now.getTime()) / 1000))
}

/** Whether the first counter's row, last changed at `lastFailureAt`, is forgotten at `now`. */
export function hasLapsed(lastFailureAt: Date, now: Date): boolean {
  return now.getTime() - lastFailureAt.getTime() >= THROTTLE_LAPSE_HOURS * 3_600_000
}
