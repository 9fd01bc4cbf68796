// One round of the intake: every submission that the portal offers is taken in by itself, and none holds up the others.
import type { Receipt } from '@einmal-pin/wire/submission'
import type { PortalLink } from '../courier/link.ts'
import { attempt, type StepResult, worseOf } from '../courier/step.ts'
import type { Office } from '../office.ts'
import { acknowledgeStored } from './acknowledge-stored.ts'
import { noteDelay, quarantine } from './store-submission.ts'
import { takeIn } from './take-in.ts'

/** A round ends after so many, so that commands need not wait for a day of many submissions. */
const ROUND = 50

export async function fetchSubmissions(
  office: Office,
  link: PortalLink,
  signal: AbortSignal,
): Promise<StepResult> {
  let result: StepResult = 'done'
  for (const { case_id: caseId, receipt } of await offered(office)) {
    if (signal.aborted) return result
    const one = await settleOne(office, link, caseId, receipt as unknown as Receipt)
    if (one === 'unreachable') return one
    result = worseOf(result, one)
  }
  return worseOf(result, await acknowledgeStored(office, link))
}

/** The oldest first; but those that could not be fetched before stand behind all others, however many they are. */
const offered = ({ database }: Office) =>
  database.kysely
    .selectFrom('submissions')
    .select(['case_id', 'receipt'])
    .where('state', '=', 'offered')
    .orderBy((eb) =>
      eb.exists(
        eb
          .selectFrom('tasks')
          .select('task_id')
          .whereRef('tasks.case_id', '=', 'submissions.case_id')
          .where('tasks.kind', '=', 'intakeDelayed')
          .where('tasks.state', '=', 'open'),
      ),
    )
    .orderBy('submitted_at')
    .limit(ROUND)
    .execute()

async function settleOne(
  office: Office,
  link: PortalLink,
  caseId: string,
  receipt: Receipt,
): Promise<StepResult> {
  const outcome = await attempt(office, 'submission.failed', caseId, async () => {
    const result = await takeIn(office, link, receipt)
    if (!result.ok && result.error.startsWith('submission.')) {
      await quarantine(office, caseId, result.error)
    }
    return result
  })
  if (outcome?.ok === false && outcome.error === 'unreachable') return outcome.error
  const isDelayed = outcome === undefined || (!outcome.ok && outcome.error === 'failed')
  if (!isDelayed) return 'done'
  await noteDelay(office, caseId)
  return 'failed'
}
