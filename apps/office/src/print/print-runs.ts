// What a print run looks like from outside: its letters counted by how far they have come.
import type { PrintRun } from '@einmal-pin/wire/office-api'
import { problem } from '@einmal-pin/wire/problem'
import type { OfficeQueryable } from '../store/office-database.ts'
import type { LetterOrderTable } from '../store/schema.ts'

type OrderState = LetterOrderTable['state']

const MADE: readonly OrderState[] = ['made', 'published', 'bundled', 'handedOver', 'withdrawn']
const PUBLISHED: readonly OrderState[] = ['published', 'bundled', 'handedOver', 'withdrawn']
/** An order in one of these states needs nothing more from its run. */
export const FINISHED_STATES: readonly OrderState[] = ['handedOver', 'withdrawn', 'refused']

/** Throws `run.none`. */
export async function readPrintRun(db: OfficeQueryable, runId: string): Promise<PrintRun> {
  const run = await db
    .selectFrom('print_runs')
    .select('state')
    .where('run_id', '=', runId)
    .executeTakeFirst()
  if (run === undefined) throw problem('run.none')
  const orders = await db
    .selectFrom('letter_orders')
    .innerJoin('cases', 'cases.case_id', 'letter_orders.case_id')
    .select([
      'letter_orders.case_id',
      'cases.case_ref',
      'letter_orders.state',
      'letter_orders.code',
    ])
    .where('run_id', '=', runId)
    .orderBy('cases.case_ref')
    .execute()
  const count = (states: readonly OrderState[]) =>
    orders.filter(({ state }) => states.includes(state)).length
  return {
    runId,
    state: run.state,
    ordered: orders.length,
    made: count(MADE),
    published: count(PUBLISHED),
    handedOver: count(['handedOver']),
    withdrawn: count(['withdrawn']),
    refused: orders
      .filter(({ state }) => state === 'refused')
      .map((order) => ({
        caseId: order.case_id,
        caseRef: order.case_ref,
        code: order.code ?? 'letter.failed',
      })),
  }
}
