// The second counter of design.md 4: right PIN, wrong card digits or birth date; counted on the PIN, and it never lapses.
import { afterWrongSecondFactor } from '@einmal-pin/domain/throttle'
import type { Clock } from '@einmal-pin/platform/clock'
import { equalText } from '@einmal-pin/vault/constant-time'
import { type ProblemError, problem } from '@einmal-pin/wire/problem'
import type { Transaction } from 'kysely'
import { addDayFact } from '../store/outbox.ts'
import { countSecondFactor, endPins, type FoundPin, followPin } from '../store/pins.ts'
import type { PortalTables } from '../store/schema.ts'

/** Undefined when it is right. During a pause nothing is checked. The caller holds the case's lock. */
export async function checkSecondFactor(
  tx: Transaction<PortalTables>,
  clock: Clock,
  { opened, pin, secondFactorPause }: FoundPin,
  presented: string,
): Promise<ProblemError | undefined> {
  if (secondFactorPause > 0)
    return problem('login.paused', { retryAfterSeconds: secondFactorPause })
  if (isOneOf(pin.second_factors, presented)) return undefined
  const failures = pin.second_factor_failures + 1
  const { pauseSeconds, frozen } = afterWrongSecondFactor(failures)
  await countSecondFactor(tx, pin, { failures, pauseSeconds })
  if (frozen && pin.state === 'live') {
    const { case_id: caseId, round } = pin
    await endPins(tx, caseId, 'freeze', { from: round, to: round })
    if (opened.state === 'open' && opened.round === round) await followPin(tx, caseId, 'locked')
    await addDayFact(tx, clock, { type: 'locked', caseId, round })
  }
  return problem('login.failed', { pauseSeconds })
}

/** Current card, previous card or birth date; every one is compared, and none ends the comparison early. */
export function isOneOf(allowed: readonly string[], presented: string): boolean {
  return allowed.map((factor) => equalText(factor, presented)).includes(true)
}
