// The timeline of a case: its audit rows and the days that letters and logins left behind.
import type { TimelineEntry } from '@einmal-pin/wire/office-api'
import type { OfficeQueryable } from '../store/office-database.ts'
import type { RoundRow } from './case-rows.ts'

/** Reads of a submission and the numbers of commands belong to the audit trail, not to the story of the case. */
const UNTOLD = [
  'submission.read',
  'document.read',
  'letter.copied',
  'secret.unwrapped',
  'command.renumbered',
]

/** In order of time. Of unsent work only days are known (domain.md 4.7). */
export async function readTimeline(
  db: OfficeQueryable,
  caseId: string,
  rounds: readonly RoundRow[],
): Promise<TimelineEntry[]> {
  const rows = await db
    .selectFrom('audit')
    .select(['at', 'action', 'round', 'actor'])
    .where('subject', '=', caseId)
    .where('action', 'not in', UNTOLD)
    .orderBy('seq')
    .execute()
  const told = rows.map(({ at, action, round, actor }) => ({
    at: at.toISOString(),
    event: action,
    round,
    actor,
  }))
  const entries = [...told, ...rounds.flatMap(daysOf)]
  return entries.sort((a, b) => (momentOf(a) < momentOf(b) ? -1 : 1))
}

/** A day without a time stands after the instants of that day: it is told about them. */
const momentOf = ({ at }: TimelineEntry): string => (at.length === 10 ? `${at}T99` : at)

function daysOf(row: RoundRow): TimelineEntry[] {
  const entry = (at: string | null, event: string, actor: string): TimelineEntry[] =>
    at === null ? [] : [{ at, event, round: row.round, actor }]
  return [
    ...entry(row.printed_on, 'letter.printed', 'print-centre'),
    ...entry(row.posted_on, 'letter.posted', 'print-centre'),
    ...entry(row.first_login_on, 'login.first', 'portal'),
    ...entry(row.last_activity_on, 'activity.last', 'portal'),
  ]
}
