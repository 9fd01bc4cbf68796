// The one sealed draft of a case: replaced as a whole, only by who has seen the one before.
import type { Clock } from '@einmal-pin/platform/clock'
import type { Database, Queryable } from '@einmal-pin/platform/database'
import { newId } from '@einmal-pin/vault/random'
import type { DraftSaved } from '@einmal-pin/wire/case-session'
import type { ErrorCode } from '@einmal-pin/wire/errors'
import { problem } from '@einmal-pin/wire/problem'
import { type RawBuilder, sql } from 'kysely'
import { type Claim, gate, type Judgeable } from './open-case.ts'
import { activityBehind } from './outbox.ts'
import { perClock, prepare, type Slots } from './prepared.ts'
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

/** A save that was tried: the case as the gate found it, and the answer if the draft was written. */
export type TriedSave = { readonly session: Judgeable; readonly saved: DraftSaved | undefined }

/**
 * Saves in one statement and so in its own transaction: the gate's lock and judgement, the draft if it is the one that the browser has
 * seen, and the day's fact. Throws `session.missing`; everything else is the caller's to judge.
 */
export async function trySave(
  { database, clock }: { readonly database: Database<PortalTables>; readonly clock: Clock },
  claim: Claim,
  draft: NewDraft,
): Promise<TriedSave> {
  const { revision, etag } = draft
  const { first, next } = savesOf(clock)
  const save = draft.previous === null ? first : next
  const [row] = await save(database, { ...claim, ...draft, factId: newId() })
  if (row === undefined) throw problem('session.missing')
  const savedAt = row.savedAt?.toISOString()
  return { session: row, saved: savedAt === undefined ? undefined : { revision, etag, savedAt } }
}

type SaveRow = Judgeable & { readonly savedAt: Date | null }
type SaveValues = Claim & NewDraft & { readonly factId: string }

/** The two statements of a clock: the first draft of a case, and every further one. */
const savesOf = perClock((clock) => {
  const save = (name: string, write: (slots: Slots<SaveValues>) => RawBuilder<unknown>) =>
    prepare<SaveRow, SaveValues>(
      `${name}${clock.offsetSeconds}`,
      ['caseId', 'tokenSha256', 'revision', 'previous', 'etag', 'bytes', 'factId'],
      (slots) => sql`
        with gate as materialized (${gate(clock, slots, 'share')}),
        written as (${write(slots)}),
        ${activityBehind(clock, slots, 'written')}
        select state, gate.round, "sessionRound", "isOpen", written.saved_at as "savedAt"
        from gate left join written on true`,
    )
  return {
    first: save(
      'first-draft',
      ({ caseId, revision, etag, bytes }) => sql`
        insert into drafts (case_id, round, revision, etag, bytes, saved_at)
        select ${caseId}, gate.round, ${revision}, ${etag}, ${bytes}, ${clock.sql} from gate where gate."isOpen"
        on conflict (case_id) do nothing
        returning saved_at, round`,
    ),
    next: save(
      'next-draft',
      ({ caseId, revision, previous, etag, bytes }) => sql`
        update drafts set
          round = gate.round, revision = ${revision}, etag = ${etag}, bytes = ${bytes}, saved_at = ${clock.sql}
        from gate
        where gate."isOpen" and drafts.case_id = ${caseId}
          and drafts.etag = ${previous} and drafts.revision = ${revision}::int - 1
        returning drafts.saved_at, drafts.round`,
    ),
  }
})

/**
 * Why {@link trySave} did not write, from what is stored now. The very same draft again is no conflict: its first answer was lost, and it
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
