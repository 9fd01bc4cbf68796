// The promise about hostile answers: one person's submission never holds up those of the others.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Answers } from '@einmal-pin/domain/form/answers'
import { applyFact } from '../courier/apply-facts.ts'
import { publishedCase } from '../testing/published-case.ts'
import { type SentSubmission, sendSubmission } from '../testing/sent-submission.ts'
import { type StandInPortal, standInPortal } from '../testing/stand-in-portal.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'
import { fetchSubmissions } from './fetch-submissions.ts'

let at: TestOffice
let portal: StandInPortal
before(async () => {
  at = await openTestOffice()
  portal = standInPortal(at.office.secrets.receiptKey)
})
after(() => at[Symbol.asyncDispose]())

async function offer(sent: SentSubmission): Promise<void> {
  const { caseId, round } = sent.receipt
  portal.submissions.set(caseId, sent)
  const fact = { id: `sent-${caseId}`, caseId, round, type: 'submitted' } as const
  await applyFact(at.office, { ...fact, receipt: sent.receipt })
}

const stateOf = async (caseId: string) =>
  (
    await at.office.database.kysely
      .selectFrom('submissions')
      .select('state')
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow()
  ).state

test('answers nested too deep for the form module are quarantined, and the next submission comes in', async () => {
  // Deep enough that walking through it ends in a full stack, flat enough to be sealed.
  const depth = 3_800
  const nested: unknown = JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)
  const hostile = await publishedCase(at.office)
  const honest = await publishedCase(at.office)
  const answers = { anforderungen: nested } as unknown as Answers
  await offer(
    await sendSubmission(at, hostile, { answers, receivedAt: '2026-11-24T10:00:00.000Z' }),
  )
  await offer(await sendSubmission(at, honest, { receivedAt: '2026-11-24T10:00:01.000Z' }))
  await fetchSubmissions(at.office, portal, new AbortController().signal)
  assert.equal(await stateOf(hostile.caseId), 'quarantined')
  assert.equal(await stateOf(honest.caseId), 'received')
})
