// Print runs over HTTP: start one over all waiting letters, watch how far it is, pause, release and cancel it.
import type { App } from '@einmal-pin/platform/http/app'
import {
  PrintRun,
  PrintRunList,
  ReturnsOrder,
  ReturnsReport,
  RunControlShape,
  RunOrder,
  StatusOrder,
  StatusReport,
} from '@einmal-pin/wire/office-api'
import { strict } from '@einmal-pin/wire/primitives'
import { OFFICE } from '@einmal-pin/wire/routes'
import { Type } from 'typebox'
import type { Office } from '../office.ts'
import { applyStatus } from '../print/apply-status.ts'
import { controlRun } from '../print/control-run.ts'
import { listPrintRuns, readPrintRun } from '../print/print-runs.ts'
import { noteReturns } from '../print/returns.ts'
import { startRun } from '../print/start-run.ts'
import { actorOf } from './credentials.ts'

const tags = ['letters']
/** A hundred thousand letters in one file. */
const FILE_BYTES = 20 * 1024 * 1024
const RunId = Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' })
const params = Type.Object({ runId: RunId }, strict)
const controlParams = Type.Object({ runId: RunId, control: RunControlShape }, strict)

export function letterRoutes(app: App, office: Office): void {
  const { database, clock } = office
  const start = async (actor: string, release: boolean): Promise<PrintRun> => {
    const runId = await database.transaction((transaction) =>
      startRun(transaction, clock, actor, { release }),
    )
    office.poke()
    return readPrintRun(database.kysely, runId)
  }
  app.post(
    OFFICE.printLetters.path,
    { schema: { tags, response: { 200: PrintRun } } },
    (request): Promise<PrintRun> => start(actorOf(request), true),
  )
  app.post(
    OFFICE.startRun.path,
    { schema: { tags, body: RunOrder, response: { 200: PrintRun } } },
    (request): Promise<PrintRun> => start(actorOf(request), request.body.release === true),
  )
  app.post(
    OFFICE.letterStatus.path,
    { schema: { tags, body: StatusOrder, response: { 200: StatusReport } }, bodyLimit: FILE_BYTES },
    (request): Promise<StatusReport> => applyStatus(office, request.body.letters),
  )
  app.post(
    OFFICE.letterReturns.path,
    {
      schema: { tags, body: ReturnsOrder, response: { 200: ReturnsReport } },
      bodyLimit: FILE_BYTES,
    },
    (request): Promise<ReturnsReport> =>
      noteReturns(office, request.body.letterIds, actorOf(request)),
  )
  app.get(
    OFFICE.printRuns.path,
    { schema: { tags, response: { 200: PrintRunList } } },
    (): Promise<PrintRunList> => listPrintRuns(database.kysely),
  )
  app.get(
    OFFICE.printRun.path,
    { schema: { params, tags, response: { 200: PrintRun } } },
    (request): Promise<PrintRun> => readPrintRun(database.kysely, request.params.runId),
  )
  app.post(
    OFFICE.controlRun.path,
    { schema: { params: controlParams, tags, response: { 200: PrintRun } } },
    async (request): Promise<PrintRun> => {
      const { runId, control } = request.params
      await controlRun(office, runId, control, actorOf(request))
      return readPrintRun(database.kysely, runId)
    },
  )
}
