// Tasks for clerks: what a machine found and a person must look at.

import type { Clock } from '@einmal-pin/platform/clock'
import { newId } from '@einmal-pin/vault/random'
import type { TaskList } from '@einmal-pin/wire/office-api'
import { problem } from '@einmal-pin/wire/problem'
import { type Actor, record } from './audit/audit.ts'
import type { OfficeQueryable, OfficeTransaction, Store } from './store/office-database.ts'

export type TaskKind =
  | 'quarantine'
  | 'letterRefused'
  | 'runStopped'
  | 'latePosting'
  | 'returned'
  | 'commandRefused'
  | 'portalUnknownCase'
  | 'pinRequest'
  | 'lateSubmission'
  | 'intakeDelayed'
  | 'locked'
  | 'secondPerson'
  | 'runWaits'
  | 'printWaits'

export interface NewTask {
  readonly kind: TaskKind
  readonly caseId: string | null
  /** A code of the error catalogue or of the part that found it; no personal data. */
  readonly code: string
}

/** One open task per kind, case and code: the same finding again changes nothing. */
export async function openTask(
  transaction: OfficeTransaction,
  clock: Clock,
  task: NewTask,
): Promise<void> {
  // The unique index of open tasks tells two tasks without a case apart.
  if (task.caseId === null && (await isOpenWithoutCase(transaction, task))) return
  await transaction
    .insertInto('tasks')
    .values({
      task_id: newId(),
      kind: task.kind,
      case_id: task.caseId,
      code: task.code,
      state: 'open',
      created_at: clock.sql,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function isOpenWithoutCase(
  transaction: OfficeTransaction,
  { kind, code }: NewTask,
): Promise<boolean> {
  const row = await transaction
    .selectFrom('tasks')
    .select('task_id')
    .where('kind', '=', kind)
    .where('code', '=', code)
    .where('case_id', 'is', null)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return row !== undefined
}

/** The machine that opened them has seen to it. With `code` those of that code only. */
export async function withdrawTasks(
  transaction: OfficeTransaction,
  clock: Clock,
  {
    kind,
    caseId,
    code,
    actor,
  }: Pick<NewTask, 'kind' | 'caseId'> & { readonly code?: string; readonly actor: Actor },
): Promise<void> {
  const open = transaction
    .updateTable('tasks')
    .set({ state: 'closed', closed_by: actor })
    .where('kind', '=', kind)
    .where('case_id', caseId === null ? 'is' : '=', caseId)
    .where('state', '=', 'open')
  const meant = code === undefined ? open : open.where('code', '=', code)
  const closed = await meant.returning('task_id').execute()
  for (const { task_id: subject } of closed) {
    await record(transaction, clock, { actor, action: 'task.closed', subject })
  }
}

/** Open tasks first, then the latest closed ones. */
export async function listTasks(db: OfficeQueryable): Promise<TaskList> {
  const rows = await db
    .selectFrom('tasks')
    .leftJoin('cases', 'cases.case_id', 'tasks.case_id')
    .selectAll('tasks')
    .select('cases.case_ref')
    .orderBy('tasks.state', 'desc')
    .orderBy('tasks.created_at', 'desc')
    .limit(200)
    .execute()
  return {
    tasks: rows.map((row) => ({
      taskId: row.task_id,
      kind: row.kind,
      caseId: row.case_id,
      caseRef: row.case_ref,
      code: row.code,
      createdAt: row.created_at.toISOString(),
      state: row.state,
    })),
  }
}

/** Throws `task.none`. */
export async function closeTask(
  { database, clock }: Store,
  taskId: string,
  actor: Actor,
): Promise<void> {
  await database.transaction(async (transaction) => {
    const closed = await transaction
      .updateTable('tasks')
      .set({ state: 'closed', closed_by: actor })
      .where('task_id', '=', taskId)
      .where('state', '=', 'open')
      .executeTakeFirst()
    if (closed.numUpdatedRows === 0n) throw problem('task.none')
    await record(transaction, clock, { actor, action: 'task.closed', subject: taskId })
  })
}
