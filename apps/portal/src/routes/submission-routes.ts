// Sending and the receipt.
import type { App } from '@einmal-pin/platform/http/app'
import { problem } from '@einmal-pin/wire/problem'
import { PORTAL } from '@einmal-pin/wire/routes'
import { type Receipt, type ReceiptStatus, Submission } from '@einmal-pin/wire/submission'
import type { Portal } from '../portal.ts'
import { submit } from '../sending/submit.ts'
import { isLive, openCaseOrReceipt } from '../store/open-case.ts'
import { findSubmission, receiptStatus } from '../store/submissions.ts'
import { claimOf } from './case-cookie.ts'
import { CaseParams } from './shapes.ts'

/** Answers and manifest at their limits in base64url, and the list. */
const MAX_SUBMISSION_BYTES = 1024 * 1024
const IDEMPOTENCY_KEY = /^[A-Za-z0-9_-]{16,64}$/

export function submissionRoutes(app: App, portal: Portal): void {
  const { database, clock } = portal

  app.post(
    PORTAL.submit.path,
    {
      schema: { params: CaseParams, body: Submission },
      bodyLimit: MAX_SUBMISSION_BYTES,
      onRequest: async (request) => {
        if (!(await isLive(database.kysely, claimOf(request)))) {
          throw problem('session.missing')
        }
      },
    },
    async (request): Promise<Receipt> => {
      const key = request.headers['idempotency-key']
      if (typeof key !== 'string' || !IDEMPOTENCY_KEY.test(key)) throw problem('request.invalid')
      return await submit(portal, claimOf(request), request.body, key)
    },
  )

  app.get(
    PORTAL.receipt.path,
    { schema: { params: CaseParams } },
    async (request): Promise<ReceiptStatus> => {
      const claim = claimOf(request)
      return await database.transaction(async (tx) => {
        await openCaseOrReceipt(tx, clock, claim)
        const sent = await findSubmission(tx, claim.caseId)
        if (sent === undefined) throw problem('submission.none')
        return receiptStatus(sent)
      })
    },
  )
}
