// Refuses a letter that cannot be made: a task for a clerk, and the end of its run where the letter was wrong.
import { record } from '../audit/audit.ts'
import type { Office } from '../office.ts'
import { openTask } from '../tasks.ts'
import { stopRun } from './control-run.ts'
import type { LetterOrder } from './letter-jobs.ts'

/** The letter check found another's page, name, PIN or code in a letter: whatever mixed them up may have done so before. */
const STOPPING: readonly string[] = ['letter.mismatch']

export async function refuseLetter(
  { database, clock }: Office,
  { order_id, case_id: caseId, run_id: runId }: LetterOrder,
  code: string,
): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction
      .updateTable('letter_orders')
      .set({ state: 'refused', code })
      .where('order_id', '=', order_id)
      .where('state', '=', 'making')
      .execute()
    await openTask(transaction, clock, { kind: 'letterRefused', caseId, code })
    const detail = { code }
    const action = 'letter.refused'
    await record(transaction, clock, { actor: 'office', action, subject: caseId, detail })
    if (STOPPING.includes(code) && runId !== null)
      await stopRun(transaction, { clock }, runId, code)
  })
}
