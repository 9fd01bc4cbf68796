// The two statements behind a part that arrives: the look before its bytes are read, and its row when they are durable.
import type { Clock } from '@einmal-pin/platform/clock'
import type { Database } from '@einmal-pin/platform/database'
import { newId } from '@einmal-pin/vault/random'
import { sql, type Transaction } from 'kysely'
import { type Claim, type GateRow, gate } from './open-case.ts'
import { activityBehind } from './outbox.ts'
import type { Part, Place } from './parts.ts'
import { perClock, prepare, type Sql } from './prepared.ts'
import type { PortalTables } from './schema.ts'

/** A document as a part of it meets it. */
export type SeenPart = {
  readonly size: number
  readonly partSize: number
  /** Of the whole, hex. */
  readonly sha256: string
  readonly complete: boolean
  readonly received: readonly number[]
  /** SHA-256 (hex) of this very part, if it is here already. */
  readonly present: string | null
}

/** The gate's row and the document; null when it was never announced or is removed. */
export type PartLook = GateRow & { readonly seen: SeenPart | null }

type LookValues = Claim & { readonly documentId: string; readonly part: number }

/** Undefined without a live session. */
export async function lookAtPart(
  database: Database<PortalTables>,
  clock: Clock,
  values: LookValues,
): Promise<PartLook | undefined> {
  const [row] = await look(clock)(database, values)
  return row
}

const look = perClock((clock) =>
  prepare<PartLook, LookValues>(
    `look-at-part${clock.offsetSeconds}`,
    ['caseId', 'tokenSha256', 'documentId', 'part'],
    ({ documentId, part, ...claim }) => sql`
      with gate as materialized (${gate(clock, claim, 'share')})
      select gate.*, row_to_json(seen) as seen
      from gate left join (${seenPart({ caseId: claim.caseId, documentId, part })}) seen on true`,
  ),
)

type PartPlace = { readonly caseId: string; readonly documentId: string; readonly part: number }

/** The document of a part as a {@link SeenPart}; no row when it is not there. */
const seenPart = ({
  caseId,
  documentId,
  part,
}: { readonly [Field in keyof PartPlace]: Sql<PartPlace[Field]> }) => sql`
  select d.size, d.part_size as "partSize", d.sha256, d.complete,
    array(select p.part from parts p
      where p.case_id = d.case_id and p.document_id = d.document_id order by p.part) as received,
    (select p.sha256 from parts p
      where p.case_id = d.case_id and p.document_id = d.document_id and p.part = ${part}::int) as present
  from documents d where d.case_id = ${caseId} and d.document_id = ${documentId}`

export type KeptPart = {
  /** False when another upload of this part was quicker. */
  readonly added: boolean
  /** SHA-256 (hex) of the part that is kept. */
  readonly present: string | null
  readonly received: readonly number[]
  readonly complete: boolean
}

/**
 * Adds the row of a durable blob; with `isWhole` the document is complete, which the office hears. Undefined when the document is gone or
 * was announced anew, as another one, since it was `seen`.
 * The caller holds the case's lock, the exclusive one for `isWhole`.
 */
export async function keepPart(
  tx: Transaction<PortalTables>,
  clock: Clock,
  { caseId, documentId, round }: Place & { readonly round: number },
  { part, sha256, size, blobKey }: Part,
  { seen, isWhole }: { readonly seen: SeenPart; readonly isWhole: boolean },
): Promise<KeptPart | undefined> {
  const { rows } = await sql<{ readonly received: readonly number[]; readonly complete: boolean }>`
    with added as (
      insert into parts (case_id, document_id, part, sha256, size, blob_key, received_at)
      select case_id, document_id, ${part}::int, ${sha256}, ${size}::int, ${blobKey}, ${clock.sql}
      from documents where case_id = ${caseId} and document_id = ${documentId}
        and size = ${seen.size} and part_size = ${seen.partSize} and documents.sha256 = ${seen.sha256}
      on conflict (case_id, document_id, part) do nothing
      returning part
    ),
    finished as (
      update documents set complete = true
      where case_id = ${caseId} and document_id = ${documentId} and not complete and ${isWhole}
        and exists (select from added)
      returning ${round}::int as round
    ),
    ${activityBehind(clock, { caseId, factId: newId() }, 'finished', 1)}
    select array(
        select part from parts where case_id = ${caseId} and document_id = ${documentId}
        union select part from added order by part) as received,
      exists (select from finished) as complete
    from added`.execute(tx)
  const [row] = rows
  if (row !== undefined) return { ...row, added: true, present: sha256 }
  // A statement does not see what it waited for: so the quicker upload is read by another.
  const found =
    await sql<SeenPart>`select seen.* from (${seenPart({ caseId, documentId, part })}) seen`.execute(
      tx,
    )
  const [quicker] = found.rows
  return quicker && isSameDocument(quicker, seen) ? { ...quicker, added: false } : undefined
}

const isSameDocument = (one: SeenPart, other: SeenPart): boolean =>
  one.size === other.size && one.partSize === other.partSize && one.sha256 === other.sha256
