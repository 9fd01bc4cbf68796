// The second listener: what the office's courier asks, every request signed.
import { Readable } from 'node:stream'
import { parseCalendarDate } from '@einmal-pin/domain/calendar-date'
import type { App } from '@einmal-pin/platform/http/app'
import { rawBody } from '@einmal-pin/platform/http/bodies'
import { sha256Hex } from '@einmal-pin/vault/digest'
import type { FeedbackCounts } from '@einmal-pin/wire/feedback'
import {
  Command,
  type CommandResult,
  type FactList,
  IdList,
  type PinRequestList,
  type PortalCaseList,
  type PortalStatus,
  SubmissionAcknowledged,
  type SubmissionOffer,
  SubmissionQuarantined,
} from '@einmal-pin/wire/office-link'
import { CaseIdShape, Day, strict } from '@einmal-pin/wire/primitives'
import { problem } from '@einmal-pin/wire/problem'
import { LINK } from '@einmal-pin/wire/routes'
import type { Transaction } from 'kysely'
import { Type } from 'typebox'
import { applyCommand } from '../office/apply-command.ts'
import {
  acknowledgeSubmission,
  offerBlob,
  offerSubmission,
  quarantineSubmission,
} from '../office/submissions.ts'
import type { Portal } from '../portal.ts'
import { listCases } from '../store/case-list.ts'
import { listFeedback } from '../store/feedback.ts'
import { deleteFacts, listFacts } from '../store/outbox.ts'
import { deletePinRequests, listPinRequests } from '../store/pin-requests.ts'
import { readPortalState } from '../store/portal-state.ts'
import type { PortalTables } from '../store/schema.ts'
import { CaseParams } from './shapes.ts'

const MAX_COMMAND_BYTES = 2 * 1024 * 1024
const Limit = Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,3}$' }))
const MAX_LIMIT = 1_000
const limitOf = (text: string | undefined, fallback: number) =>
  Math.min(Number(text ?? fallback), MAX_LIMIT)

export function commandRoutes(app: App, portal: Portal): void {
  const params = Type.Object(
    { caseId: CaseIdShape, number: Type.String({ pattern: '^[1-9][0-9]{0,8}$' }) },
    strict,
  )
  app.put(
    LINK.command.path,
    { schema: { params, body: Command }, bodyLimit: MAX_COMMAND_BYTES },
    async (request): Promise<CommandResult> => {
      const { caseId, number } = request.params
      const digest = await sha256Hex(rawBody(request))
      return await applyCommand(portal, {
        caseId,
        number: Number(number),
        digest,
        command: request.body,
      })
    },
  )
}

export function outboxRoutes(app: App, portal: Portal): void {
  const db = portal.database.kysely
  const schema = { querystring: Type.Object({ limit: Limit }, strict) }
  app.get(LINK.outbox.path, { schema }, async ({ query }): Promise<FactList> => {
    return { facts: [...(await listFacts(db, limitOf(query.limit, 100)))] }
  })
  app.post(LINK.acknowledgeFacts.path, { schema: { body: IdList } }, async (request, reply) => {
    await write(portal, (tx) => deleteFacts(tx, request.body.ids))
    return reply.code(204).send()
  })
  app.get(LINK.pinRequests.path, async (): Promise<PinRequestList> => listPinRequests(db))
  app.post(
    LINK.acknowledgePinRequests.path,
    { schema: { body: IdList } },
    async (request, reply) => {
      await write(portal, (tx) => deletePinRequests(tx, request.body.ids))
      return reply.code(204).send()
    },
  )
}

export function offerRoutes(app: App, portal: Portal): void {
  const schema = { params: CaseParams }
  const params = Type.Object({ caseId: CaseIdShape, blobId: Type.String() }, strict)
  app.get(
    LINK.submission.path,
    { schema },
    async (request): Promise<SubmissionOffer> => offerSubmission(portal, request.params.caseId),
  )
  app.get(LINK.submissionBlob.path, { schema: { params } }, async (request, reply) => {
    const { size, chunks } = await offerBlob(portal, request.params.caseId, request.params.blobId)
    return reply
      .type('application/octet-stream')
      .header('content-length', String(size))
      .send(Readable.from(chunks))
  })
  app.post(
    LINK.acknowledgeSubmission.path,
    { schema: { ...schema, body: SubmissionAcknowledged } },
    async (request, reply) => {
      await acknowledgeSubmission(portal, request.params.caseId, request.body)
      return reply.code(204).send()
    },
  )
  app.post(
    LINK.quarantineSubmission.path,
    { schema: { ...schema, body: SubmissionQuarantined } },
    async (request, reply) => {
      await quarantineSubmission(portal, request.params.caseId, request.body.round)
      return reply.code(204).send()
    },
  )
}

export function feedbackCountRoutes(app: App, { database }: Portal): void {
  const querystring = Type.Object({ since: Type.Optional(Day) }, strict)
  app.get(
    LINK.feedback.path,
    { schema: { querystring } },
    async ({ query }): Promise<FeedbackCounts> => {
      // A day that no calendar has would be the database's error.
      const isDay = query.since === undefined || parseCalendarDate(query.since).ok
      if (!isDay) throw problem('request.invalid')
      return listFeedback(database.kysely, query.since)
    },
  )
}

export function comparisonRoutes(app: App, portal: Portal): void {
  const { database, clock, secrets } = portal
  const querystring = Type.Object({ after: Type.Optional(CaseIdShape), limit: Limit }, strict)
  app.get(
    LINK.cases.path,
    { schema: { querystring } },
    async ({ query }): Promise<PortalCaseList> =>
      listCases(database.kysely, query.after, limitOf(query.limit, 500)),
  )
  app.post(LINK.reconciled.path, async (_request, reply) => {
    await database.transaction((tx) => portal.writes.reconcile(tx))
    return reply.code(204).send()
  })
  app.get(LINK.status.path, async (): Promise<PortalStatus> => {
    const { keyId, publicKey } = secrets.receiptKey
    const state = await readPortalState(database.kysely)
    const now = await clock.now<PortalTables>(database.kysely)
    return { ...state, now: now.toISOString(), receiptKey: { keyId, publicKey } }
  })
}

/** Every write of the office raises the counter ([Note: Restored backup]). */
async function write(
  { database, writes }: Portal,
  work: (tx: Transaction<PortalTables>) => Promise<void>,
): Promise<void> {
  await database.transaction(async (tx) => {
    await work(tx)
    await writes.count(tx)
  })
}
