// The audit trail: one row per action, written in the action's own transaction, readable as a case's timeline.
import type { Clock } from '@einmal-pin/platform/clock'
import type { OfficeTransaction } from '../store/office-database.ts'

/** Who acted: a clerk's name, `core-system`, `cli`, or a part of the office such as `courier`. */
export type Actor = string

/** Those of the actors that are no people: whoever holds the token of a core system or of the command line. */
export const PROGRAMS: readonly Actor[] = ['core-system', 'cli']

export type AuditAction =
  | 'case.opened'
  | 'case.revoked'
  | 'case.answeredOnPaper'
  | 'card.changed'
  | 'address.changed'
  | 'reissue.requested'
  | 'reissue.approved'
  | 'letter.ordered'
  | 'letter.made'
  | 'reminder.ordered'
  | 'reminder.made'
  | 'letter.published'
  | 'letter.refused'
  | 'letter.withdrawn'
  | 'letter.handedOver'
  | 'letter.spoiled'
  | 'letter.stopOrdered'
  | 'letter.stopped'
  | 'letter.returned'
  | 'letter.copied'
  | 'pin.extended'
  | 'secret.unwrapped'
  | 'secret.rewrapped'
  | 'pin.requestedOnline'
  | 'pin.requestRefused'
  | 'pin.locked'
  | 'pin.expired'
  | 'pin.switched'
  | 'run.started'
  | 'run.paused'
  | 'run.resumed'
  | 'run.released'
  | 'run.cancelled'
  | 'run.stopped'
  | 'submission.received'
  | 'submission.quarantined'
  | 'submission.read'
  | 'submission.assigned'
  | 'submission.accepted'
  | 'submission.exported'
  | 'document.read'
  | 'task.closed'
  | 'portal.compared'
  | 'command.renumbered'
  | 'staff.login'

export interface AuditEntry {
  readonly actor: Actor
  readonly action: AuditAction
  /** A case, run or task id. Never a KVNR, a name or content. */
  readonly subject: string
  readonly round?: number
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>
}

/** Appends one row; the transaction of the action makes both or neither last. */
export async function record(
  transaction: OfficeTransaction,
  clock: Clock,
  entry: AuditEntry,
): Promise<void> {
  await transaction
    .insertInto('audit')
    .values({
      at: clock.sql,
      actor: entry.actor,
      action: entry.action,
      subject: entry.subject,
      round: entry.round ?? null,
      detail: JSON.stringify(entry.detail ?? {}),
    })
    .execute()
}
