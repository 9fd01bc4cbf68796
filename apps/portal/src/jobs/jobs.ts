// The portal's repeating jobs and how often they run.
import type { Job } from '@einmal-pin/platform/jobs'
import type { Portal } from '../portal.ts'
import { deleteOldFeedback } from '../store/feedback.ts'
import { deleteOldAttempts } from '../store/login-states.ts'
import { deleteFullBudgets } from '../store/network-budget.ts'
import { deleteOldNonces } from '../store/nonces.ts'
import { deleteOldPinRequests } from '../store/pin-requests.ts'
import { deleteEndedSessions } from '../store/sessions.ts'
import { deleteLapsedAttempts } from '../store/throttle.ts'
import { expirePins } from './expire-pins.ts'
import { purgeDrafts, purgeQuarantined, purgeTombstones, purgeUnfinished } from './purge.ts'
import { sweepBlobs } from './sweep-blobs.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

export function portalJobs(portal: Portal): readonly Job[] {
  return [
    {
      name: 'expire-pins',
      everyMilliseconds: 15 * SECOND,
      run: (signal) => expirePins(portal, signal),
    },
    { name: 'purge', everyMilliseconds: 10 * MINUTE, run: (signal) => purge(portal, signal) },
    {
      name: 'sweep-blobs',
      everyMilliseconds: HOUR,
      run: async (signal) => {
        await sweepBlobs(portal, signal)
      },
    },
    { name: 'short-lived-rows', everyMilliseconds: MINUTE, run: () => deleteShortLived(portal) },
  ]
}

async function purge(portal: Portal, signal: AbortSignal): Promise<void> {
  await purgeUnfinished(portal, signal)
  await purgeDrafts(portal, signal)
  await purgeQuarantined(portal, signal)
  await purgeTombstones(portal, signal)
}

async function deleteShortLived({ database, clock }: Portal): Promise<void> {
  const db = database.kysely
  await deleteOldAttempts(db)
  await deleteEndedSessions(db)
  await deleteLapsedAttempts(db)
  await deleteFullBudgets(db)
  await deleteOldNonces(db)
  await deleteOldPinRequests(db, clock)
  await deleteOldFeedback(db, clock)
}
