// Writes what became of a submission: received and to be acknowledged, or quarantined with a task for a clerk.
import { record } from '../audit/audit.ts'
import { type CaseWithForm, lockCase } from '../cases/case-rows.ts'
import { moveCase } from '../courier/command-effects.ts'
import type { PortalLink } from '../courier/link.ts'
import type { Office } from '../office.ts'
import { openTask } from '../tasks.ts'
import { type SubmissionContent, sealContent } from './content.ts'

export interface Received {
  readonly row: CaseWithForm
  readonly content: SubmissionContent
  readonly changes: number
  readonly acknowledgement: string
}

export async function storeReceived(
  { database, clock, secrets }: Office,
  { row, content, changes, acknowledgement }: Received,
): Promise<void> {
  const { case_id: caseId, data_key_wrap: dataKeyWrap } = row
  const sealed = await sealContent(secrets.kek, { caseId, dataKeyWrap }, content)
  const { manifest, deviations } = content
  await database.transaction(async (transaction) => {
    const before = await lockCase(transaction, caseId)
    const stored = await transaction
      .updateTable('submissions')
      .set({
        state: 'received',
        sealed_content: sealed,
        acknowledgement,
        documents: manifest.blobs.filter(({ kind }) => kind === 'document').length,
        changes,
        deviations: deviations.length,
        received_at: clock.sql,
      })
      .where('case_id', '=', caseId)
      .where('state', '=', 'offered')
      .executeTakeFirst()
    if (stored.numUpdatedRows === 0n) return
    await moveCase(transaction, caseId, before.state, 'receive')
    const { round } = manifest
    const action = 'submission.received'
    await record(transaction, clock, { actor: 'courier', action, subject: caseId, round })
  })
}

/** No acknowledgement: the portal keeps the frozen ciphertext for up to 90 days. */
export async function quarantine(office: Office, caseId: string, code: string): Promise<void> {
  const { database, clock, log, blobs } = office
  log.error({ caseId, code }, 'submission.quarantined')
  await database.transaction(async (transaction) => {
    const before = await lockCase(transaction, caseId)
    await transaction
      .updateTable('submissions')
      .set({ state: 'quarantined' })
      .where('case_id', '=', caseId)
      .where('state', '=', 'offered')
      .execute()
    await moveCase(transaction, caseId, before.state, 'quarantine')
    await openTask(transaction, clock, { kind: 'quarantine', caseId, code })
    const detail = { code }
    const action = 'submission.quarantined'
    await record(transaction, clock, { actor: 'courier', action, subject: caseId, detail })
  })
  // What was fetched is not trusted, and a good copy under the same key must be able to come.
  await blobs.deleteGroup(caseId)
}

/** Tells the portal what became of what was fetched. Returns false when it could not be reached. */
export async function acknowledgeStored(office: Office, link: PortalLink): Promise<boolean> {
  const waiting = await office.database.kysely
    .selectFrom('submissions')
    .select(['case_id', 'round', 'state', 'manifest_sha256', 'acknowledgement'])
    .where('state', '!=', 'offered')
    .where('acknowledged_at', 'is', null)
    .limit(100)
    .execute()
  for (const row of waiting) {
    const { case_id: caseId, round, manifest_sha256: manifestSha256, acknowledgement } = row
    const answer =
      acknowledgement === null
        ? await link.quarantine(caseId, round)
        : await link.acknowledge(caseId, { round, manifestSha256, acknowledgement })
    if (!answer.ok && answer.code === 'network') return false
    if (!answer.ok && answer.status !== 404) {
      office.log.warn({ caseId, code: answer.code }, 'acknowledgement.refused')
      continue
    }
    await office.database.kysely
      .updateTable('submissions')
      .set({ acknowledged_at: office.clock.sql })
      .where('case_id', '=', caseId)
      .execute()
  }
  return true
}
