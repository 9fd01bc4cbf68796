// What a print run looks like from outside: its letters counted by how far they have come, its reports, what may be done.
import { allowedControls } from '@einmal-pin/domain/print-run'
import type { PrintRun, PrintRunList, PrintRunSummary } from '@einmal-pin/wire/office-api'
import { problem } from '@einmal-pin/wire/problem'
import { type Selectable, sql } from 'kysely'
import type { OfficeQueryable } from '../store/office-database.ts'
import type { PrintRunTable } from '../store/schema.ts'
import { FINISHED_STATES } from './settle-runs.ts'

const LISTED_RUNS = 50
const LISTED_REFUSALS = 100

/** Throws `run.none`. */
export async function readPrintRun(db: OfficeQueryable, runId: string): Promise<PrintRun> {
  const run = await db
    .selectFrom('print_runs')
    .selectAll()
    .where('run_id', '=', runId)
    .executeTakeFirst()
  if (run === undefined) throw problem('run.none')
  const refused = await db
    .selectFrom('letter_orders')
    .innerJoin('cases', 'cases.case_id', 'letter_orders.case_id')
    .select(['letter_orders.case_id', 'cases.case_ref', 'letter_orders.code'])
    .where('run_id', '=', runId)
    .where('letter_orders.state', '=', 'refused')
    .orderBy('cases.case_ref')
    .limit(LISTED_REFUSALS)
    .execute()
  return {
    ...(await summarise(db, run)),
    refused: refused.map((order) => ({
      caseId: order.case_id,
      caseRef: order.case_ref,
      code: order.code ?? 'letter.failed',
    })),
  }
}

export async function listPrintRuns(db: OfficeQueryable): Promise<PrintRunList> {
  const runs = await db
    .selectFrom('print_runs')
    .selectAll()
    .orderBy('created_at', 'desc')
    .limit(LISTED_RUNS)
    .execute()
  const { waiting } = await db
    .selectFrom('letter_orders')
    .select(sql<number>`count(*)::int`.as('waiting'))
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  return { waiting, runs: await Promise.all(runs.map((run) => summarise(db, run))) }
}

interface Balance {
  readonly open: number
  readonly made: number
  readonly published: number
  readonly handed: number
  readonly posted: number
  readonly spoiled: number
  readonly withdrawn: number
  readonly refusals: number
  readonly bundles: number
  readonly checked: number
  readonly sampled: number
}

// Counted by the database: a run may have a hundred thousand letters, and people watch it every half second.
async function summarise(
  db: OfficeQueryable,
  run: Selectable<PrintRunTable>,
): Promise<PrintRunSummary> {
  const { rows } = await sql<Balance>`select
      count(*) filter (where not o.state = any(${FINISHED_STATES}::text[]))::int as open,
      count(*) filter (where o.letter_id is not null)::int as made,
      count(*) filter (where o.letter_id is not null and o.state not in ('made', 'refused'))::int as published,
      count(*) filter (where o.state = 'handedOver')::int as handed,
      count(*) filter (where o.state = 'handedOver' and r.letter_state in ('posted', 'returned'))::int as posted,
      count(*) filter (where o.state = 'handedOver' and r.letter_state = 'spoiled')::int as spoiled,
      count(*) filter (where o.state = 'withdrawn')::int as withdrawn,
      count(*) filter (where o.state = 'refused')::int as refusals,
      count(distinct o.bundle_id)::int as bundles,
      count(o.verdict)::int as checked,
      count(*) filter (where o.sampled)::int as sampled
    from letter_orders o left join rounds r on r.letter_id = o.letter_id
    where o.run_id = ${run.run_id}`.execute(db)
  const [counted] = rows
  if (counted === undefined) throw new TypeError('a count without a row')
  const { handed: handedOver, checked, sampled, ...balance } = counted
  return {
    runId: run.run_id,
    state: run.state,
    autoRelease: run.auto_release,
    createdAt: run.created_at.toISOString(),
    createdBy: run.created_by,
    code: run.code,
    place: run.place,
    ordered: run.letters,
    ...balance,
    handedOver,
    check: { letters: checked, sampled },
    controls: [...allowedControls(run.state)],
  }
}
