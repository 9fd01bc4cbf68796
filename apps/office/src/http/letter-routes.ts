// Print runs over HTTP: start one over all waiting letters, watch how far it is.
import type { App } from '@einmal-pin/platform/http/app'
import { PrintRun } from '@einmal-pin/wire/office-api'
import { strict } from '@einmal-pin/wire/primitives'
import { OFFICE } from '@einmal-pin/wire/routes'
import { Type } from 'typebox'
import type { Office } from '../office.ts'
import { readPrintRun } from '../print/print-runs.ts'
import { startRun } from '../print/start-run.ts'
import { actorOf } from './credentials.ts'

const tags = ['letters']
const params = Type.Object({ runId: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }) }, strict)

export function letterRoutes(app: App, office: Office): void {
  const { database, clock } = office
  app.post(
    OFFICE.printLetters.path,
    { schema: { tags, response: { 200: PrintRun } } },
    async (request): Promise<PrintRun> => {
      const actor = actorOf(request)
      const runId = await database.transaction((transaction) => startRun(transaction, clock, actor))
      office.poke()
      return readPrintRun(database.kysely, runId)
    },
  )
  app.get(
    OFFICE.printRun.path,
    { schema: { params, tags, response: { 200: PrintRun } } },
    (request): Promise<PrintRun> => readPrintRun(database.kysely, request.params.runId),
  )
}
