// Tells the portal what became of what was fetched, until it has heard it.
import { sql } from 'kysely'
import type { PortalLink } from '../courier/link.ts'
import type { StepResult } from '../courier/step.ts'
import type { Office } from '../office.ts'

const ROUND = 100

/** In no order: those that the portal refuses for ever would stand before all others. */
const waiting = ({ database }: Office) =>
  database.kysely
    .selectFrom('submissions')
    .select(['case_id', 'round', 'state', 'manifest_sha256', 'acknowledgement'])
    .where('state', '!=', 'offered')
    .where('acknowledged_at', 'is', null)
    .orderBy(sql`random()`)
    .limit(ROUND)
    .execute()

/** A submission that was received has its acknowledgement, made with the key that opened it; a quarantined one has none. */
export async function acknowledgeStored(office: Office, link: PortalLink): Promise<StepResult> {
  let result: StepResult = 'done'
  for (const row of await waiting(office)) {
    const { case_id: caseId, round, manifest_sha256: manifestSha256, acknowledgement } = row
    const answer =
      acknowledgement === null
        ? await link.quarantine(caseId, round)
        : await link.acknowledge(caseId, { round, manifestSha256, acknowledgement })
    if (!answer.ok && answer.code === 'network') return 'unreachable'
    if (!answer.ok && answer.status !== 404) {
      office.log.warn({ caseId, code: answer.code }, 'acknowledgement.refused')
      result = 'failed'
      continue
    }
    await office.database.kysely
      .updateTable('submissions')
      .set({ acknowledged_at: office.clock.sql })
      .where('case_id', '=', caseId)
      .execute()
  }
  return result
}
