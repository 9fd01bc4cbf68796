// A submission that has come all the way into the inbox.
import { applyFact } from '../courier/apply-facts.ts'
import { fetchSubmissions } from '../intake/fetch-submissions.ts'
import { publishedCase } from './published-case.ts'
import { sendSubmission } from './sent-submission.ts'
import { standInPortal } from './stand-in-portal.ts'
import type { TestOffice } from './test-office.ts'

let facts = 0

/** With one document. Returns the id of the case. */
export async function receivedCase(
  at: TestOffice,
  changes: Record<string, unknown> = {},
): Promise<string> {
  const portal = standInPortal(at.office.secrets.receiptKey)
  const published = await publishedCase(at.office, changes)
  const sent = await sendSubmission(at, published, { documents: [Buffer.from('%PDF-1.4 eins')] })
  const { receipt } = sent
  const { caseId, round } = receipt
  portal.submissions.set(caseId, sent)
  facts += 1
  await applyFact(at.office, { id: `sent-${facts}`, caseId, round, type: 'submitted', receipt })
  await fetchSubmissions(at.office, portal, new AbortController().signal)
  return caseId
}
