// The inbox as a queue: what came in, the oldest first, with counts but without content.
import type { InboxItem, InboxList } from '@einmal-pin/wire/office-api'
import type { OfficeQueryable } from '../store/office-database.ts'

const LIMIT = 500

const selectItems = (db: OfficeQueryable) =>
  db
    .selectFrom('submissions')
    .innerJoin('cases', 'cases.case_id', 'submissions.case_id')
    .innerJoin('form_versions', 'form_versions.form_sha256', 'cases.form_sha256')
    .select([
      'submissions.case_id as caseId',
      'cases.case_ref as caseRef',
      'form_versions.title as formTitle',
      'cases.first_name as firstName',
      'cases.last_name as lastName',
      'submissions.receipt_number as receiptNumber',
      'submissions.submitted_at as submittedAt',
      'submissions.state',
      'submissions.assigned_to as assignedTo',
      'submissions.documents',
      'submissions.changes',
      'submissions.deviations',
    ])

type ItemRow = Awaited<ReturnType<ReturnType<typeof selectItems>['execute']>>[number]

const itemOf = ({ firstName, lastName, submittedAt, deviations, ...row }: ItemRow): InboxItem => ({
  ...row,
  name: `${lastName}, ${firstName}`,
  submittedAt: submittedAt.toISOString(),
  flags: deviations,
})

/** Without a state: everything that can be worked on. What is quarantined or not yet fetched is no item. */
export async function listInbox(db: OfficeQueryable, state?: string): Promise<InboxList> {
  const states = state === undefined ? ['received', 'accepted'] : [state]
  const rows = await selectItems(db)
    .where('submissions.state', 'in', states)
    .orderBy('submissions.submitted_at')
    .limit(LIMIT)
    .execute()
  return { items: rows.map(itemOf) }
}

export async function readInboxItem(
  db: OfficeQueryable,
  caseId: string,
): Promise<InboxItem | undefined> {
  const row = await selectItems(db).where('submissions.case_id', '=', caseId).executeTakeFirst()
  return row && itemOf(row)
}
