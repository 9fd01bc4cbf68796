// Cases over HTTP: opening, importing, finding, and everything a clerk on the telephone may do with one.

import { isUniqueViolation } from '@einmal-pin/platform/database-errors'
import type { App } from '@einmal-pin/platform/http/app'
import { MAX_CSV_BYTES } from '@einmal-pin/wire/limits'
import {
  AddressInput,
  CardChange,
  CaseDetail,
  CaseInput,
  CaseList,
  CaseSummary,
  ImportReport,
  ReissueOrder,
  RevokeOrder,
} from '@einmal-pin/wire/office-api'
import { CaseIdShape, strict } from '@einmal-pin/wire/primitives'
import { problem } from '@einmal-pin/wire/problem'
import { OFFICE } from '@einmal-pin/wire/routes'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { readCaseDetail } from '../cases/case-detail.ts'
import { type InputRules, parseCaseInput } from '../cases/case-input.ts'
import { readCase } from '../cases/case-rows.ts'
import { changeAddress } from '../cases/change-address.ts'
import { changeCard } from '../cases/change-card.ts'
import { endCase } from '../cases/end-case.ts'
import { extendCase } from '../cases/extend-case.ts'
import { listCases, summarise } from '../cases/list-cases.ts'
import { openCases } from '../cases/open-cases.ts'
import { printOneLetter, reissue } from '../cases/order-letter.ts'
import { todayIn } from '../cases/today.ts'
import { importCases } from '../import/import-cases.ts'
import type { Office } from '../office.ts'
import { actorOf } from './credentials.ts'

const tags = ['cases']
const params = Type.Object({ caseId: CaseIdShape }, strict)
const detail = { params, tags, response: { 200: CaseDetail } }
const DEFAULT_PAGE = 50
const LARGEST_PAGE = 500

const ListQuery = Type.Object(
  {
    q: Type.Optional(Type.String({ maxLength: 100 })),
    caseRef: Type.Optional(Type.String({ maxLength: 100 })),
    state: Type.Optional(Type.String({ pattern: '^[a-zA-Z]{1,20}$' })),
    limit: Type.Optional(Type.String({ pattern: '^[0-9]{1,3}$' })),
    after: Type.Optional(CaseIdShape),
  },
  strict,
)
const ImportQuery = Type.Object(
  { skipBad: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])) },
  strict,
)

/** The bytes are read by the import itself; the description tells only their type. */
const CSV_BODY = { content: { 'text/csv': { schema: Type.Unsafe<string>({}) } } }

const contextFor = ({ clock, secrets }: Office, request: FastifyRequest) => ({
  clock,
  kek: secrets.kek,
  actor: actorOf(request),
})

const rulesOf = async (office: Office): Promise<InputRules> => ({
  forms: await office.forms.current(),
  cardDigits: office.tenant.cardDigits,
  today: await todayIn(office.database.kysely, office.clock),
})

export function caseRoutes(app: App, office: Office): void {
  openingRoutes(app, office)
  readingRoutes(app, office)
  actionRoutes(app, office)
}

function openingRoutes(app: App, office: Office): void {
  app.post(
    OFFICE.importCases.path,
    {
      bodyLimit: MAX_CSV_BYTES,
      schema: {
        querystring: ImportQuery,
        tags,
        body: CSV_BODY,
        response: { 200: ImportReport },
      },
    },
    async (request): Promise<ImportReport> => {
      if (!Buffer.isBuffer(request.body)) throw problem('request.mediaType')
      const skipBad = request.query.skipBad === 'true'
      const rules = await rulesOf(office)
      const options = { ...contextFor(office, request), rules, skipBad }
      const report = await importCases(office, request.body, options)
      const unreadable = report.problems.some(({ code }) => code === 'import.header')
      const nothing = report.imported.length === 0 && report.problems.length > 0
      if (nothing && (!skipBad || unreadable)) throw problem('import.rejected', { ...report })
      return report
    },
  )
  app.post(
    OFFICE.openCase.path,
    { schema: { body: CaseInput, tags, response: { 201: CaseSummary } } },
    async (request, reply): Promise<CaseSummary> => {
      const opened = await openOne(office, request.body, contextFor(office, request))
      return reply.code(201).send(opened)
    },
  )
}

async function openOne(
  office: Office,
  input: CaseInput,
  context: ReturnType<typeof contextFor>,
): Promise<CaseSummary> {
  const parsed = parseCaseInput(input, await rulesOf(office))
  const refused = (fields: readonly object[]) =>
    problem('import.rejected', {
      imported: [],
      problems: fields.map((field) => ({ line: 1, ...field })),
    })
  if (!parsed.ok) throw refused(parsed.error)
  try {
    return await office.database.transaction(async (transaction) => {
      const [opened] = await openCases(transaction, [parsed.value], context)
      return summarise(await readCase(transaction, opened?.caseId ?? ''), undefined)
    })
  } catch (error) {
    if (!isUniqueViolation(error, 'cases_case_ref')) throw error
    throw problem('import.duplicate', { field: 'caseRef' })
  }
}

function readingRoutes(app: App, office: Office): void {
  app.get(
    OFFICE.cases.path,
    { schema: { querystring: ListQuery, tags, response: { 200: CaseList } } },
    async ({ query }): Promise<CaseList> => {
      const asked = query.limit === undefined ? DEFAULT_PAGE : Number(query.limit)
      const limit = Math.min(Math.max(asked, 1), LARGEST_PAGE)
      return listCases(office.database.kysely, { ...query, limit })
    },
  )
  app.get(OFFICE.case.path, { schema: detail }, ({ params: { caseId } }) =>
    readCaseDetail(office, caseId),
  )
}

function actionRoutes(app: App, office: Office): void {
  app.post(OFFICE.makeLetter.path, { schema: detail }, async (request) => {
    const { caseId } = request.params
    await printOneLetter(office, caseId, actorOf(request))
    return readCaseDetail(office, caseId)
  })
  app.post(OFFICE.reissue.path, { schema: { ...detail, body: ReissueOrder } }, async (request) => {
    const { caseId } = request.params
    await reissue(office, caseId, request.body.reason, actorOf(request))
    return readCaseDetail(office, caseId)
  })
  app.post(OFFICE.revoke.path, { schema: { ...detail, body: RevokeOrder } }, async (request) => {
    const { caseId } = request.params
    await endCase(office, caseId, request.body.reason, actorOf(request))
    return readCaseDetail(office, caseId)
  })
  app.post(OFFICE.answeredOnPaper.path, { schema: detail }, async (request) => {
    const { caseId } = request.params
    await endCase(office, caseId, 'answeredOnPaper', actorOf(request))
    return readCaseDetail(office, caseId)
  })
  app.post(OFFICE.extend.path, { schema: detail }, async (request) => {
    const { caseId } = request.params
    await extendCase(office, caseId, actorOf(request))
    return readCaseDetail(office, caseId)
  })
  app.post(
    OFFICE.changeAddress.path,
    { schema: { ...detail, body: AddressInput } },
    async (request) => {
      const { caseId } = request.params
      await changeAddress(office, caseId, request.body, actorOf(request))
      return readCaseDetail(office, caseId)
    },
  )
  app.post(OFFICE.changeCard.path, { schema: { ...detail, body: CardChange } }, async (request) => {
    const { caseId } = request.params
    await changeCard(office, caseId, request.body.cardNumber, actorOf(request))
    return readCaseDetail(office, caseId)
  })
}
