// "Frist neu": a letter that was posted late gets its days back, counted from the posting (domain.md 4.2).
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import { expiresAt, lastDay } from '@einmal-pin/domain/validity'
import { problem } from '@einmal-pin/wire/problem'
import { type Actor, record } from '../audit/audit.ts'
import { enqueueCommand } from '../courier/commands.ts'
import type { Office } from '../office.ts'
import { withdrawTasks } from '../tasks.ts'
import { actionsOf } from './case-detail.ts'
import { lockCase, readRounds } from './case-rows.ts'

/** It never shortens. Throws `case.none` or `action.notAllowed`. */
export async function extendCase(
  { database, clock, tenant, poke }: Office,
  caseId: string,
  actor: Actor,
): Promise<void> {
  await database.transaction(async (transaction) => {
    const row = await lockCase(transaction, caseId)
    const newest = (await readRounds(transaction, caseId)).at(-1)
    if (newest === undefined || !actionsOf(row, newest).includes('extend')) {
      throw problem('action.notAllowed')
    }
    const { posted_on: postedOn, round } = newest
    if (postedOn === null) throw problem('action.notAllowed')
    const last = lastDay(postedOn as CalendarDate, tenant.validityDays)
    if (last <= newest.last_day) throw problem('action.notAllowed')
    const expires = expiresAt(last)
    await transaction
      .updateTable('rounds')
      .set({ last_day: last, expires_at: expires })
      .where('case_id', '=', caseId)
      .where('round', '=', round)
      .execute()
    const command = { type: 'extend', round, lastDay: last, expiresAt: expires.toISOString() }
    await enqueueCommand(transaction, clock, caseId, { ...command, type: 'extend' })
    await withdrawTasks(transaction, clock, { kind: 'latePosting', caseId, actor })
    await record(transaction, clock, {
      ...{ actor, action: 'pin.extended', subject: caseId, round, detail: { lastDay: last } },
    })
  })
  poke()
}
