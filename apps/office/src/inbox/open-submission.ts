// Opens one received submission for a clerk: everything decrypted only here, and every opening is audited.
import type { Answers } from '@einmal-pin/domain/form/answers'
import type { FormDefinition } from '@einmal-pin/domain/form/definition'
import { evaluateForm } from '@einmal-pin/domain/form/evaluate'
import type { FormView } from '@einmal-pin/domain/form/view'
import type { ManifestBlob } from '@einmal-pin/vault/manifest'
import { problem } from '@einmal-pin/wire/problem'
import type { Receipt } from '@einmal-pin/wire/submission'
import type { Selectable } from 'kysely'
import { type Actor, type AuditAction, record } from '../audit/audit.ts'
import { type CaseWithForm, readCase } from '../cases/case-rows.ts'
import { openContent, type SubmissionContent } from '../intake/content.ts'
import { contextOf } from '../intake/review.ts'
import type { Office } from '../office.ts'
import type { SubmissionTable } from '../store/schema.ts'

export interface OpenedSubmission {
  readonly row: CaseWithForm
  readonly submission: Selectable<SubmissionTable>
  readonly receipt: Receipt
  readonly content: SubmissionContent
  readonly definition: FormDefinition
  readonly view: FormView
  readonly documents: readonly ManifestBlob[]
}

/** Throws `inbox.none` when nothing readable was received for the case. */
export async function openSubmission(
  office: Office,
  caseId: string,
  reading: { readonly actor: Actor; readonly action: AuditAction },
): Promise<OpenedSubmission> {
  const { database, secrets, clock } = office
  const submission = await readSubmission(office, caseId)
  const row = await readCase(database.kysely, caseId)
  const place = { caseId, dataKeyWrap: row.data_key_wrap }
  await database.transaction((transaction) =>
    record(transaction, clock, { ...reading, subject: caseId, round: submission.round }),
  )
  const content = await openContent(secrets.kek, place, submission.sealed_content)
  const definition = await pinnedDefinition(office, row.form_sha256)
  const context = contextOf(row.prefill as Answers, submission.submitted_at)
  return {
    row,
    submission,
    receipt: submission.receipt as unknown as Receipt,
    content,
    definition,
    view: evaluateForm(definition, content.answers, context),
    documents: content.manifest.blobs.filter(({ kind }) => kind === 'document'),
  }
}

async function readSubmission({ database }: Office, caseId: string) {
  const row = await database.kysely
    .selectFrom('submissions')
    .selectAll()
    .where('case_id', '=', caseId)
    .executeTakeFirst()
  const sealed = row?.sealed_content
  if (row === undefined || sealed === undefined || sealed === null) throw problem('inbox.none')
  return { ...row, sealed_content: sealed }
}

async function pinnedDefinition({ database }: Office, sha256: string): Promise<FormDefinition> {
  const row = await database.kysely
    .selectFrom('form_versions')
    .select('definition')
    .where('form_sha256', '=', sha256)
    .executeTakeFirstOrThrow()
  return row.definition as unknown as FormDefinition
}
