// Print runs over HTTP: start one over all waiting letters, watch how far it is, pause, release and cancel it.
import type { App } from '@einmal-pin/platform/http/app'
import { ERRORS } from '@einmal-pin/wire/errors'
import { MAX_LETTER_FILE_BYTES } from '@einmal-pin/wire/limits'
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
import { LetterId, type LetterOutcome } from '@einmal-pin/wire/print-hand-over'
import { problem } from '@einmal-pin/wire/problem'
import { OFFICE } from '@einmal-pin/wire/routes'
import { Type } from 'typebox'
import { todayIn } from '../cases/today.ts'
import type { Office } from '../office.ts'
import { applyStatus } from '../print/apply-status.ts'
import { controlRun } from '../print/control-run.ts'
import { copyLetter } from '../print/copy-letter.ts'
import { listPrintRuns, readPrintRun } from '../print/print-runs.ts'
import { noteReturns } from '../print/returns.ts'
import { startRun } from '../print/start-run.ts'
import { actorOf } from './credentials.ts'

const tags = ['letters']
const RunId = Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' })
const params = Type.Object({ runId: RunId }, strict)
const copyParams = Type.Object({ letterId: LetterId }, strict)
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
    {
      schema: { tags, body: StatusOrder, response: { 200: StatusReport } },
      bodyLimit: MAX_LETTER_FILE_BYTES,
    },
    async (request): Promise<StatusReport> => {
      const { letters } = request.body
      refuseFuture(letters, await todayIn(database.kysely, clock))
      return applyStatus(office, letters, actorOf(request))
    },
  )
  app.post(
    OFFICE.letterReturns.path,
    {
      schema: { tags, body: ReturnsOrder, response: { 200: ReturnsReport } },
      bodyLimit: MAX_LETTER_FILE_BYTES,
    },
    (request): Promise<ReturnsReport> =>
      noteReturns(office, request.body.letterIds, actorOf(request)),
  )
  app.get(
    OFFICE.letterCopy.path,
    { schema: { params: copyParams, tags } },
    async (request, reply) => {
      const { letterId } = request.params
      const pdf = await copyLetter(office, letterId, actorOf(request))
      const name = `attachment; filename="${letterId}.pdf"`
      return reply.type('application/pdf').header('content-disposition', name).send(pdf)
    },
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

/** A day that is mistyped would become the start of a new term ("Frist neu"). Throws `import.rejected` with the lines. */
function refuseFuture(letters: readonly LetterOutcome[], today: string): void {
  const problems = letters.flatMap(({ printedOn = '', postedOn = '' }, index) =>
    Object.entries({ printedOn, postedOn })
      .filter(([, day]) => day > today)
      .map(([field]) => ({
        ...{ line: index + 1, field, code: 'import.future' },
        message: ERRORS['import.future'].de,
      })),
  )
  if (problems.length > 0) throw problem('import.rejected', { imported: [], problems })
}
