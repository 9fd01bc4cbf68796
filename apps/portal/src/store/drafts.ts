// The one sealed draft of a case: replaced as a whole, only by who has seen the one before.
import type { Clock } from '@einmal-pin/platform/clock'
import type { Queryable } from '@einmal-pin/platform/database'
import type { DraftSaved } from '@einmal-pin/wire/case-session'
import type { ErrorCode } from '@einmal-pin/wire/errors'
import { sql } from 'kysely'
import type { PortalTables } from './schema.ts'

type Db = Queryable<PortalTables>

export type DraftHead = {
  readonly round: number
  readonly revision: number
  readonly etag: string
  readonly savedAt: Date
}
export type Draft = DraftHead & { readonly bytes: Buffer }

/** What the browser wants to save. `previous` is the ETag that it has seen, null for "there is none". */
export type NewDraft = {
  readonly caseId: string
  readonly round: number
  readonly revision: number
  readonly previous: string | null
  readonly etag: string
  readonly bytes: Buffer
}

const HEAD = ['round', 'revision', 'etag', 'saved_at as savedAt'] as const

export async function draftHead(db: Db, caseId: string): Promise<DraftHead | undefined> {
  return await db.selectFrom('drafts').where('case_id', '=', caseId).select(HEAD).executeTakeFirst()
}

export async function readDraft(db: Db, caseId: string): Promise<Draft | undefined> {
  return await db
    .selectFrom('drafts')
    .where('case_id', '=', caseId)
    .select([...HEAD, 'bytes'])
    .executeTakeFirst()
}

/** One guarded statement; undefined when the stored draft is not the one that the browser has seen. */
export async function writeDraft(
  db: Db,
  clock: Clock,
  draft: NewDraft,
): Promise<DraftSaved | undefined> {
  const { caseId, round, revision, previous, etag, bytes } = draft
  const values = { round, revision, etag, bytes, saved_at: clock.sql }
  const saved = await (previous === null
    ? db
        .insertInto('drafts')
        .values({ case_id: caseId, ...values })
        .onConflict((conflict) => conflict.doNothing())
        .returning('saved_at')
        .executeTakeFirst()
    : db
        .updateTable('drafts')
        .set(values)
        .where('case_id', '=', caseId)
        .where('etag', '=', previous)
        .where('revision', '=', sql<number>`${revision}::int - 1`)
        .returning('saved_at')
        .executeTakeFirst())
  return saved && { revision, etag, savedAt: saved.saved_at.toISOString() }
}

/**
 * Why {@link writeDraft} refused, from what is stored now. The very same draft again is no conflict: its first answer was lost, and it
 * is given once more.
 */
export function judgeRefusedDraft(
  draft: NewDraft,
  stored: DraftHead | undefined,
): DraftSaved | ErrorCode {
  if (stored?.etag === draft.etag && stored.revision === draft.revision) {
    const { revision, etag, savedAt } = stored
    return { revision, etag, savedAt: savedAt.toISOString() }
  }
  return stored?.etag === (draft.previous ?? undefined) ? 'draft.revision' : 'draft.conflict'
}

export async function deleteDraft(db: Db, caseId: string): Promise<void> {
  await db.deleteFrom('drafts').where('case_id', '=', caseId).execute()
}
