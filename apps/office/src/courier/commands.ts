// Commands to the portal as rows: numbered per case, kept in the exact bytes that are sent, written with the action itself.
import type { Clock } from '@einmal-pin/platform/clock'
import type { Command } from '@einmal-pin/wire/office-link'
import { sql } from 'kysely'
import type { OfficeTransaction } from '../store/office-database.ts'

/**
 * Puts a command behind all earlier ones of its case. The case row is locked by the update, so numbers rise
 * without gaps even when two clerks act at once.
 */
export async function enqueueCommand(
  transaction: OfficeTransaction,
  clock: Clock,
  caseId: string,
  command: Command,
): Promise<number> {
  const { last_command: number } = await transaction
    .updateTable('cases')
    .set({ last_command: sql<number>`last_command + 1` })
    .where('case_id', '=', caseId)
    .returning('last_command')
    .executeTakeFirstOrThrow()
  await transaction
    .insertInto('commands')
    .values({
      case_id: caseId,
      number,
      type: command.type,
      round: 'round' in command ? command.round : null,
      body: JSON.stringify(command),
      state: 'pending',
      not_before: clock.sql,
    })
    .execute()
  return number
}

/** Forgets what could open a PIN again: its record and wrap, once the case is over or the PIN replaced. Other commands stay, a restored portal needs them. */
export async function forgetCommands(
  transaction: OfficeTransaction,
  caseId: string,
  rounds?: readonly number[],
): Promise<void> {
  let update = transaction
    .updateTable('commands')
    .set({ body: null })
    .where('case_id', '=', caseId)
    .where('type', '=', 'publish')
    .where('state', '!=', 'pending')
  if (rounds !== undefined) update = update.where('round', 'in', [...rounds])
  await update.execute()
}
