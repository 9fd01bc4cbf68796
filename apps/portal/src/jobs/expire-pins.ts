// Day 31 is over: the PIN's row says so, what could open the case goes, and the office is told. Requests never wait for this job.
import type { Portal } from '../portal.ts'
import { addDayFact } from '../store/outbox.ts'
import { endPins, followPin } from '../store/pins.ts'
import { CASES_A_RUN, eachCase } from './each-case.ts'

export async function expirePins(portal: Portal, signal: AbortSignal): Promise<void> {
  const { database, clock } = portal
  const due = await database.kysely
    .selectFrom('pins')
    .where('state', '=', 'live')
    .where('expires_at', '<=', clock.sqlOnce)
    .select('case_id')
    .distinct()
    .limit(CASES_A_RUN)
    .execute()
  await eachCase(portal, due, signal, async (tx, { case_id: caseId, round, state }) => {
    const expired = await tx
      .selectFrom('pins')
      .where('case_id', '=', caseId)
      .where('state', '=', 'live')
      .where('expires_at', '<=', clock.sqlOnce)
      .select('round')
      .execute()
    for (const pin of expired) {
      await endPins(tx, caseId, 'expire', { from: pin.round, to: pin.round })
      await addDayFact(tx, clock, { type: 'expired', caseId, round: pin.round })
    }
    const currentDied = expired.some((pin) => pin.round === round)
    if (state === 'open' && currentDied) await followPin(tx, caseId, 'expired')
    return []
  })
}
