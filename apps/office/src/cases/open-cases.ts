// Opens cases: the rows of a case, its order for a first letter and its audit row are one transaction.

import type { Clock } from '@einmal-pin/platform/clock'
import { newDataKey } from '@einmal-pin/vault/at-rest'
import type { KeyProvider } from '@einmal-pin/vault/kek'
import { newCaseId, newId } from '@einmal-pin/vault/random'
import { problem } from '@einmal-pin/wire/problem'
import type { Actor } from '../audit/audit.ts'
import { encodeWrap } from '../secrets/wrap-text.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import type { NewCase } from './case-input.ts'
import type { LoadedForm } from './form-library.ts'

export interface OpenContext {
  readonly clock: Clock
  readonly kek: KeyProvider
  readonly actor: Actor
}

export interface OpenedCase {
  readonly caseId: string
  readonly caseRef: string
}

/** Rows per INSERT: PostgreSQL takes at most 65,535 parameters. */
const CHUNK = 500

/**
 * Returns the ids in the order given. A `caseRef` that exists already ends the transaction (23505, `cases_case_ref`);
 * `form.changed` when a version of a form was used with other contents before: what was published never changes.
 */
export async function openCases(
  transaction: OfficeTransaction,
  cases: readonly NewCase[],
  context: OpenContext,
): Promise<readonly OpenedCase[]> {
  await pinForms(transaction, new Set(cases.map(({ form }) => form)))
  const opened: OpenedCase[] = []
  for (let start = 0; start < cases.length; start += CHUNK) {
    opened.push(...(await openChunk(transaction, cases.slice(start, start + CHUNK), context)))
  }
  return opened
}

async function pinForms(
  transaction: OfficeTransaction,
  forms: ReadonlySet<LoadedForm>,
): Promise<void> {
  for (const { definition, sha256 } of forms) {
    await transaction
      .insertInto('form_versions')
      .values({
        form_sha256: sha256,
        form_id: definition.id,
        version: definition.version,
        title: definition.title.de,
        definition: JSON.stringify(definition),
      })
      // Two cases of a new form may be opened at once: the second finds the row of the first, whichever index says so.
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const kept = await transaction
      .selectFrom('form_versions')
      .select('form_sha256')
      .where('form_id', '=', definition.id)
      .where('version', '=', definition.version)
      .executeTakeFirst()
    if (kept?.form_sha256 !== sha256) throw problem('form.changed')
  }
}

async function openChunk(
  transaction: OfficeTransaction,
  chunk: readonly NewCase[],
  { clock, kek, actor }: OpenContext,
): Promise<readonly OpenedCase[]> {
  const prepared = await Promise.all(
    chunk.map(async (opening) => {
      const caseId = newCaseId()
      const { wrap } = await newDataKey(kek, caseId)
      return { caseId, opening, wrap: encodeWrap(wrap) }
    }),
  )
  const at = clock.sqlOnce
  await transaction
    .insertInto('cases')
    .values(
      prepared.map(({ caseId, opening, wrap }) => ({
        ...caseRow(caseId, opening),
        data_key_wrap: wrap,
        created_at: at,
        created_by: actor,
      })),
    )
    .execute()
  const audit = { at, actor, round: null, detail: '{}' }
  await transaction
    .insertInto('audit')
    .values(prepared.map(({ caseId }) => ({ ...audit, action: 'case.opened', subject: caseId })))
    .execute()
  const order = { reissue: 'none', state: 'waiting', ordered_at: at, ordered_by: actor } as const
  await transaction
    .insertInto('letter_orders')
    .values(prepared.map(({ caseId }) => ({ ...order, order_id: newId(), case_id: caseId })))
    .execute()
  return prepared.map(({ caseId, opening }) => ({ caseId, caseRef: opening.caseRef }))
}

const caseRow = (caseId: string, opening: NewCase) => ({
  case_id: caseId,
  case_ref: opening.caseRef,
  form_sha256: opening.form.sha256,
  kvnr: opening.kvnr,
  card_suffix: opening.cardSuffix,
  previous_card_suffix: opening.previousCardSuffix,
  second_factor: opening.secondFactor,
  birth_date: opening.birthDate,
  salutation: opening.salutation,
  first_name: opening.firstName,
  last_name: opening.lastName,
  care_of: opening.careOf,
  street: opening.street,
  house_number: opening.houseNumber,
  postcode: opening.postcode,
  city: opening.city,
  country: opening.country,
  letter_variant: opening.letterVariant,
  recipient_name: opening.recipientName,
  recipient_role: opening.recipientRole,
  prefill: JSON.stringify(opening.prefill),
  state: 'opened',
})
