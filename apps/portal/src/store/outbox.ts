// Facts for the office: a row each, kept until the office acknowledges its id. Of unsent work they tell the day, never the time.
import type { Clock } from '@einmal-pin/platform/clock'
import type { Queryable } from '@einmal-pin/platform/database'
import { newId } from '@einmal-pin/vault/random'
import type { Fact } from '@einmal-pin/wire/office-link'
import type { Receipt } from '@einmal-pin/wire/submission'
import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Sql } from './prepared.ts'
import type { OutboxTable, PortalTables } from './schema.ts'
import { berlinDay } from './times.ts'

type Db = Queryable<PortalTables>
type DayFact = 'firstLogin' | 'switched' | 'locked' | 'expired'

export async function addDayFact(
  db: Db,
  clock: Clock,
  fact: { readonly type: DayFact; readonly caseId: string; readonly round: number },
): Promise<void> {
  const { type, caseId, round } = fact
  await db
    .insertInto('outbox')
    .values({ id: newId(), case_id: caseId, round, type, day: berlinDay(clock) })
    .execute()
}

export async function addSubmittedFact(db: Db, receipt: Receipt): Promise<void> {
  const { caseId, round } = receipt
  await db
    .insertInto('outbox')
    .values({
      id: newId(),
      case_id: caseId,
      round,
      type: 'submitted',
      receipt: JSON.stringify(receipt),
    })
    .execute()
}

/** One fact a day and case, and one more whenever the number of complete documents has changed. */
export async function noteActivity(
  db: Db,
  clock: Clock,
  { caseId, round }: { readonly caseId: string; readonly round: number },
): Promise<void> {
  await sql`
    with done as (select ${round}::int as round),
    ${activityBehind(clock, { caseId, factId: newId() }, 'done')}
    select from told`.execute(db)
}

/**
 * The same as common table expressions: the fact is told if the expression `behind` (with a column `round`) has a row. `more` are the
 * documents which the same statement completes and therefore does not see.
 */
export function activityBehind(
  clock: Clock,
  { caseId, factId }: { readonly caseId: Sql<string>; readonly factId: Sql<string> },
  behind: 'written' | 'done' | 'finished',
  more = 0,
): RawBuilder<unknown> {
  const counted = sql`(select count(*) from documents where case_id = ${caseId} and complete) + ${sql.lit(more)}`
  const known = sql`(select documents from activity where case_id = ${caseId})`
  // A save may have waited for a document that it does not see: it tells the day and leaves the number as it is.
  const isSave = behind === 'written'
  const documents = isSave ? sql`coalesce(${known}, ${counted})` : counted
  const number = sql.ref(isSave ? 'activity.documents' : 'excluded.documents')
  // Asked first whether there is anything new: a conflict would lock and so write the row, whatever comes of it.
  return sql`
    news as materialized (
      select ${berlinDay(clock)} as day, ${documents} as documents from ${sql.ref(behind)}
      except select day, documents from activity where case_id = ${caseId}
    ), noted as (
      insert into activity (case_id, day, documents)
      select ${caseId}, day, documents from news
      on conflict (case_id) do update set day = excluded.day, documents = ${number}
      where (activity.day, activity.documents) is distinct from (excluded.day, ${number})
      returning day, documents
    ), told as (
      insert into outbox (id, case_id, round, type, day, documents)
      select ${factId}, ${caseId}, behind.round, 'activity', noted.day, noted.documents
      from noted, ${sql.ref(behind)} as behind
      returning id
    )`
}

/** In the order of writing: of two facts about one case and day the later number of documents is the one that counts. */
export async function listFacts(db: Db, limit: number): Promise<readonly Fact[]> {
  const rows = await db.selectFrom('outbox').selectAll().orderBy('number').limit(limit).execute()
  return rows.map(factOf)
}

export async function deleteFacts(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await db.deleteFrom('outbox').where('id', 'in', ids).execute()
}

function factOf(row: Selectable<OutboxTable>): Fact {
  const base = { id: row.id, caseId: row.case_id, round: row.round }
  const { type, receipt, day, documents } = row
  if (type === 'submitted') {
    if (receipt === null) throw new Error('a submission without a receipt')
    return { ...base, type, receipt }
  }
  if (day === null) throw new Error('a fact without a day')
  return type === 'activity'
    ? { ...base, type, day, documents: documents ?? 0 }
    : { ...base, type, day }
}
