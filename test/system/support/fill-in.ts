// The usual way through an open case in a few words: answer, upload, save, send, wait for the office.
import { newId } from '@einmal-pin/vault/random'
import type { Receipt } from '@einmal-pin/wire/submission'
import { expectOk } from '../../harness/desk.ts'
import { filledAnswers } from '../../harness/filled-answers.ts'
import { eventually } from '../../harness/installation.ts'
import {
  type DraftBody,
  formReferenceOf,
  type OpenedCase,
  type Paper,
  type SealedSubmission,
} from '../../harness/opened-case.ts'

export interface Filled {
  readonly opened: OpenedCase
  readonly body: DraftBody
  readonly sealed: SealedSubmission
}

/** Uploads the papers, saves complete answers and seals what would be sent. */
export async function fillIn(
  opened: OpenedCase,
  { note = 'nichts weiter', papers = [] }: { note?: string; papers?: readonly Paper[] } = {},
): Promise<Filled> {
  const casePackage = await opened.casePackage()
  for (const paper of papers) expectOk(await opened.upload(paper))
  const documents = papers.map(({ meta }) => meta)
  const ids = documents.map(({ id }) => id)
  await opened.pull()
  const body = { answers: filledAnswers(casePackage, ids, note), documents }
  expectOk(await opened.save(body))
  const sealed = await opened.sealSubmission(formReferenceOf(casePackage), body)
  return { opened, body, sealed }
}

export const send = async ({ opened, sealed }: Filled, key = newId()): Promise<Receipt> =>
  expectOk(await opened.api.submit(sealed.submission, key))

/** Resolves when the office's own confirmation has come and verifies. */
export const confirmed = ({ opened }: Pick<Filled, 'opened'>): Promise<void> =>
  eventually('the office confirms', async () =>
    opened.isConfirmed(expectOk(await opened.api.receipt())),
  )

export async function sendAndWait(filled: Filled): Promise<Receipt> {
  const receipt = await send(filled)
  await confirmed(filled)
  return receipt
}
