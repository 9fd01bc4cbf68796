// Writes what became of a submission: received and to be acknowledged, quarantined with a task for a clerk, or still to be fetched.
import { sql } from 'kysely'
import { record } from '../audit/audit.ts'
import { type CaseWithForm, lockCase } from '../cases/case-rows.ts'
import { moveCase } from '../courier/command-effects.ts'
import type { Office } from '../office.ts'
import { openTask, withdrawTasks } from '../tasks.ts'
import { type SubmissionContent, sealContent } from './content.ts'

const ACTOR = 'courier'

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
    await withdrawTasks(transaction, clock, { kind: 'intakeDelayed', caseId, actor: ACTOR })
    const { round } = manifest
    const action = 'submission.received'
    await record(transaction, clock, { actor: ACTOR, action, subject: caseId, round })
  })
}

/**
 * No acknowledgement: the portal keeps the frozen ciphertext for up to 90 days. Only what is still offered can be quarantined: what was
 * received stays, with every byte of it.
 */
export async function quarantine(office: Office, caseId: string, code: string): Promise<void> {
  const { database, clock, log, blobs } = office
  const changed = await database.transaction(async (transaction) => {
    const before = await lockCase(transaction, caseId)
    const updated = await transaction
      .updateTable('submissions')
      .set({ state: 'quarantined' })
      .where('case_id', '=', caseId)
      .where('state', '=', 'offered')
      .executeTakeFirst()
    if (updated.numUpdatedRows === 0n) return false
    await moveCase(transaction, caseId, before.state, 'quarantine')
    await withdrawTasks(transaction, clock, { kind: 'intakeDelayed', caseId, actor: ACTOR })
    await openTask(transaction, clock, { kind: 'quarantine', caseId, code })
    const detail = { code }
    const action = 'submission.quarantined'
    await record(transaction, clock, { actor: ACTOR, action, subject: caseId, detail })
    return true
  })
  if (!changed) return log.warn({ caseId, code }, 'submission.notOffered')
  log.error({ caseId, code }, 'submission.quarantined')
  // What was fetched is not trusted, and a good copy under the same key must be able to come.
  await blobs.deleteGroup(caseId)
}

/** A portal that is just being restarted is nothing to look after. */
const TOLD_AFTER_SECONDS = 60

/** It stays offered and is tried in every round; told once it has waited for a while, and the task goes by itself when it is in. */
export async function noteDelay({ database, clock }: Office, caseId: string): Promise<void> {
  await database.transaction(async (transaction) => {
    const overdue = await transaction
      .selectFrom('submissions')
      .select('case_id')
      .where('case_id', '=', caseId)
      .where(
        'received_at',
        '<',
        sql<Date>`${clock.sqlOnce} - make_interval(secs => ${TOLD_AFTER_SECONDS})`,
      )
      .executeTakeFirst()
    if (overdue === undefined) return
    await openTask(transaction, clock, {
      kind: 'intakeDelayed',
      caseId,
      code: 'submission.delayed',
    })
  })
}
