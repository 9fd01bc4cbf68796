// A task for the operator while letters cannot be made or cannot leave; it closes by itself once they can.
import type { ErrorCode } from '@einmal-pin/wire/errors'
import type { Office } from '../office.ts'
import { openTask, withdrawTasks } from '../tasks.ts'

/** `printCentre.*`: its key is missing or is none. `outbox.unwritable`: full, read-only or not mounted. */
const REASONS = [
  'printCentre.keyMissing',
  'printCentre.keyWrong',
  'outbox.unwritable',
] as const satisfies readonly ErrorCode[]
export type WaitingReason = (typeof REASONS)[number]

/** Saying it again changes nothing. */
export async function noteWaiting(office: Office, code: WaitingReason): Promise<void> {
  const { database, clock } = office
  await database.transaction((transaction) =>
    openTask(transaction, clock, { kind: 'printWaits', caseId: null, code }),
  )
}

export async function noteGoing(office: Office, codes: readonly WaitingReason[]): Promise<void> {
  const { database, clock } = office
  await database.transaction(async (transaction) => {
    for (const code of codes) {
      await withdrawTasks(transaction, clock, {
        ...{ kind: 'printWaits', caseId: null, code, actor: 'office' },
      })
    }
  })
}
