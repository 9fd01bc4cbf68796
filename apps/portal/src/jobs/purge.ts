// Retention as code (design.md 7): what must be gone, and when. The periods stand in domain retention.ts.
import {
  QUARANTINE_DAYS,
  TOMBSTONE_DAYS,
  UNFINISHED_DOCUMENT_HOURS,
  UNSENT_DRAFT_DAYS,
} from '@einmal-pin/domain/retention'
import { type RawBuilder, sql } from 'kysely'
import type { Portal } from '../portal.ts'
import { deleteDraft } from '../store/drafts.ts'
import { deleteDocuments } from '../store/parts.ts'
import type { CaseRow } from '../store/pins.ts'
import { dropCiphertext } from '../store/submissions.ts'
import { berlinDay } from '../store/times.ts'
import { CASES_A_RUN, eachCase } from './each-case.ts'

/** Ended without a submission. Looked for, and looked for again under the lock: any other state keeps what it has. */
const ENDED = ['expired', 'locked', 'superseded', 'revoked'] as const
const hasEnded = ({ state }: CaseRow): boolean => ENDED.some((ended) => ended === state)

/** Whether the last of so many days after the case's latest last day is over in Berlin. */
const isPast = ({ clock }: Portal, days: number): RawBuilder<boolean> =>
  sql<boolean>`(select max(p.last_day) from pins p where p.case_id = cases.case_id) + ${sql.lit(days)} < ${berlinDay(clock)}`

/** Unsent drafts and documents, seven days after the last day. */
export async function purgeDrafts(portal: Portal, signal: AbortSignal): Promise<void> {
  const found = await portal.database.kysely
    .selectFrom('cases')
    .where('state', 'in', ENDED)
    .where(isPast(portal, UNSENT_DRAFT_DAYS))
    .where(sql<boolean>`(exists (select from drafts d where d.case_id = cases.case_id)
      or exists (select from documents d where d.case_id = cases.case_id))`)
    .select('case_id')
    .limit(CASES_A_RUN)
    .execute()
  await eachCase(portal, found, signal, async (tx, locked) => {
    // A new letter came in the meantime: its PIN finds the draft, or has sent it.
    if (!hasEnded(locked)) return []
    await deleteDraft(tx, locked.case_id)
    return await deleteDocuments(tx, locked.case_id)
  })
}

/** Frozen ciphertext that the office could not verify within 90 days; the receipt stays with the tombstone. */
export async function purgeQuarantined(portal: Portal, signal: AbortSignal): Promise<void> {
  const { database, clock } = portal
  const found = await database.kysely
    .selectFrom('cases')
    .innerJoin('submissions', 'submissions.case_id', 'cases.case_id')
    .where('state', '=', 'quarantined')
    .where('manifest', 'is not', null)
    .where(
      'received_at',
      '<',
      sql<Date>`${clock.sqlOnce} - make_interval(days => ${sql.lit(QUARANTINE_DAYS)})`,
    )
    .select('cases.case_id')
    .limit(CASES_A_RUN)
    .execute()
  await eachCase(portal, found, signal, async (tx, { case_id: caseId, state }) => {
    if (state !== 'quarantined') return []
    await dropCiphertext(tx, caseId)
    return await deleteDocuments(tx, caseId)
  })
}

/** Everything that is left of a case, sixty days after its last day; never what the office has not fetched yet. */
export async function purgeTombstones(portal: Portal, signal: AbortSignal): Promise<void> {
  const isTombstone = sql<boolean>`cases.state not in ('open', 'submitted')
    and ${isPast(portal, TOMBSTONE_DAYS)}
    and not exists (select from submissions s where s.case_id = cases.case_id and s.manifest is not null)`
  const found = await portal.database.kysely
    .selectFrom('cases')
    .where(isTombstone)
    .select('case_id')
    .limit(CASES_A_RUN)
    .execute()
  await eachCase(portal, found, signal, async (tx, { case_id: caseId }) => {
    const still = await tx
      .selectFrom('cases')
      .where('case_id', '=', caseId)
      .where(isTombstone)
      .select('case_id')
      .executeTakeFirst()
    if (still === undefined) return []
    const orphans = await deleteDocuments(tx, caseId)
    await tx.deleteFrom('cases').where('case_id', '=', caseId).execute()
    return orphans
  })
}

/** Documents that never became complete, a day after their last part; their quota is free again. */
export async function purgeUnfinished(portal: Portal, signal: AbortSignal): Promise<void> {
  const { database, clock } = portal
  const isAbandoned = sql<boolean>`not complete and greatest(created_at, (
      select max(p.received_at) from parts p
      where p.case_id = documents.case_id and p.document_id = documents.document_id
    )) < ${clock.sqlOnce} - make_interval(hours => ${sql.lit(UNFINISHED_DOCUMENT_HOURS)})`
  const found = await database.kysely
    .selectFrom('documents')
    .where(isAbandoned)
    .select('case_id')
    .distinct()
    .limit(CASES_A_RUN)
    .execute()
  await eachCase(portal, found, signal, async (tx, { case_id: caseId }) => {
    const abandoned = await tx
      .selectFrom('documents')
      .where('case_id', '=', caseId)
      .where(isAbandoned)
      .select('document_id')
      .execute()
    const orphans = []
    for (const { document_id } of abandoned) {
      orphans.push(...(await deleteDocuments(tx, caseId, document_id)))
    }
    return orphans
  })
}
