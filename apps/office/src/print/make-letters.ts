// Makes the letters of all running print runs: each result is one transaction, so that a crash in between means a new PIN.
import { toBase64url } from '@einmal-pin/vault/base64url'
import { ProblemError } from '@einmal-pin/wire/problem'
import { sql } from 'kysely'
import { attempt } from '../courier/step.ts'
import { harmlessLetter } from '../letters/harmless-letter.ts'
import { isFolderFault } from '../letters/letter-error.ts'
import type { AnyLetterJob, LetterResult } from '../letters/letter-job.ts'
import { LOCALE_OF } from '../letters/letter-locale.ts'
import { makeLetters, makeSpecimen } from '../letters/letter-workshop.ts'
import { readPrintCentreRecipient } from '../letters/print-centre-key.ts'
import type { Office } from '../office.ts'
import { holdRun } from './control-run.ts'
import { type LetterOrder, type Prepared, prepareLetter } from './letter-jobs.ts'
import { noteGoing, noteWaiting } from './print-waits.ts'
import { refuseLetter } from './refuse-letter.ts'
import { storeLetter } from './store-letter.ts'

/** Orders looked at in one go; between two a pause takes effect and new orders join. */
const BATCH = 25
/** A letter that loses a race for its selector or number is made again, with a new PIN. */
const MAX_TRIES = 5

/** Returns how many letters were made. Does nothing while the print centre's key is missing. */
export async function makeOrderedLetters(office: Office, signal: AbortSignal): Promise<number> {
  const tries = new Map<string, number>()
  let made = 0
  while (!signal.aborted) {
    const making = { signal, tries, prepared: new Map() }
    const isNeeded = (await nextRun(office, making)) !== undefined
    const recipient = isNeeded ? await printCentreRecipient(office) : undefined
    if (recipient === undefined) break
    made += await makeRuns(office, recipient, making)
    office.poke()
  }
  return made
}

/** Small runs first: somebody waits for a single letter while a hundred thousand are made. */
async function nextRun(
  { database }: Office,
  { tries, prepared }: Making,
): Promise<string | undefined> {
  const spent = [...tries].filter(([, count]) => count >= MAX_TRIES).map(([orderId]) => orderId)
  const busy = [...prepared.keys()]
  const row = await database.kysely
    .selectFrom('print_runs')
    .select('run_id')
    .where('state', '=', 'making')
    .where(
      sql<boolean>`exists (select 1 from letter_orders o where o.run_id = print_runs.run_id
        and o.state = 'making' and not o.order_id = any(${spent}::text[])
        and not o.case_id = any(${busy}::text[]))`,
    )
    .orderBy('letters')
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  return row?.run_id
}

async function printCentreRecipient(office: Office): Promise<string | undefined> {
  try {
    const recipient = await readPrintCentreRecipient(office.config.dataDir)
    await noteGoing(office, KEY_REASONS)
    return recipient
  } catch (error) {
    const reason = KEY_REASONS.find((code) => error instanceof ProblemError && error.code === code)
    if (reason === undefined) throw error
    office.log.warn({ code: reason }, 'letters.waiting')
    await noteGoing(
      office,
      KEY_REASONS.filter((code) => code !== reason),
    )
    await noteWaiting(office, reason)
    return undefined
  }
}

const KEY_REASONS = ['printCentre.keyMissing', 'printCentre.keyWrong'] as const

interface Making {
  readonly signal: AbortSignal
  /** How often each order was begun in this round of the job. */
  readonly tries: Map<string, number>
  /** What the children work at, by case: one case has one letter of a run. */
  readonly prepared: Map<string, Prepared>
}

/** All runs on one pair of benches: starting their processes takes longer than a letter. */
async function makeRuns(
  office: Office,
  printCentreRecipient: string,
  making: Making,
): Promise<number> {
  const { signal, tries, prepared } = making
  const { opaqueSetup, pepper, checkKey } = office.secrets
  const secrets = {
    ...{ opaqueSetup, pepper: toBase64url(pepper), printCentreRecipient },
    checkKey: checkKey.privateKey,
  }
  const children = (await isMoreThanOne(office)) ? 2 : 1
  let made = 0
  for await (const result of makeLetters(jobsOf(office, making), {
    ...{ secrets, children, folder: office.config.lettersDir },
  })) {
    const letter = prepared.get(result.caseId)
    prepared.delete(result.caseId)
    if (signal.aborted && !result.ok) break
    // A child that died may have been stopped together with the office: its letter is tried once more.
    const isRetried =
      letter !== undefined &&
      tries.get(letter.order.order_id) === 1 &&
      !result.ok &&
      (result.code === 'letter.failed' || result.code === 'letter.unchecked')
    if (letter !== undefined && !isRetried && (await storeResult(office, letter, result))) made += 1
    if (signal.aborted) break
  }
  return made
}

/** By id, which is random: the order of making does not matter, that of leaving is the postcode's. */
const openOrders = (
  { database }: Office,
  runId: string,
  limit: number,
  after = '',
): Promise<LetterOrder[]> =>
  database.kysely
    .selectFrom('letter_orders')
    .innerJoin('print_runs', 'print_runs.run_id', 'letter_orders.run_id')
    .select(['order_id', 'case_id', 'kind', 'reissue', 'letter_orders.run_id'])
    .where('letter_orders.run_id', '=', runId)
    .where('letter_orders.state', '=', 'making')
    .where('print_runs.state', '=', 'making')
    .where('order_id', '>', after)
    .orderBy('order_id')
    .limit(limit)
    .execute()

async function isMoreThanOne({ database }: Office): Promise<boolean> {
  const open = await database.kysely
    .selectFrom('letter_orders')
    .select('order_id')
    .where('state', '=', 'making')
    .limit(2)
    .execute()
  return open.length > 1
}

/** Until nothing is left but what the children work at. */
async function* jobsOf(office: Office, making: Making): AsyncGenerator<AnyLetterJob> {
  for (;;) {
    const runId = making.signal.aborted ? undefined : await nextRun(office, making)
    if (runId === undefined) return
    yield* jobsOfRun(office, runId, making)
  }
}

async function* jobsOfRun(
  office: Office,
  runId: string,
  { tries, prepared, signal }: Making,
): AsyncGenerator<AnyLetterJob> {
  for (let after: string | undefined = ''; after !== undefined && !signal.aborted; ) {
    const orders: LetterOrder[] = await openOrders(office, runId, BATCH, after)
    after = orders.at(-1)?.order_id
    for (const order of orders) {
      // One case has one letter in the making at a time, whichever run it belongs to.
      if (prepared.has(order.case_id)) continue
      const begun = (tries.get(order.order_id) ?? 0) + 1
      tries.set(order.order_id, begun)
      if (begun > MAX_TRIES) continue
      const letter = await prepareOrRefuse(office, order)
      if (letter === 'refused') continue
      if (letter === undefined) await withdrawOrder(office, order)
      else {
        prepared.set(letter.job.caseId, letter)
        yield letter.job
      }
    }
    if (orders.length > 0) office.poke()
  }
}

/** A case whose secret cannot be opened, or whose letter cannot even be described, must not hold up the letters of all others. */
async function prepareOrRefuse(
  office: Office,
  order: LetterOrder,
): Promise<Prepared | 'refused' | undefined> {
  const prepared = await attempt(office, 'letter.unprepared', order.case_id, async () => ({
    letter: await prepareLetter(office, order),
  }))
  if (prepared !== undefined) return prepared.letter
  await refuseLetter(office, order, 'letter.failed')
  return 'refused'
}

async function withdrawOrder({ database }: Office, { order_id }: LetterOrder): Promise<void> {
  await database.kysely
    .updateTable('letter_orders')
    .set({ state: 'withdrawn' })
    .where('order_id', '=', order_id)
    .where('state', '=', 'making')
    .execute()
}

/** Whether the same letter to nobody cannot be set either; else the fault lies in this person's data, and only their letter is refused. */
async function isBroken({ config }: Office, { job }: Prepared): Promise<boolean> {
  const { letter } = job
  const folder = config.lettersDir
  return makeSpecimen(harmlessLetter(letter), LOCALE_OF[letter.variant], { folder }).then(
    () => false,
    () => true,
  )
}

/** The letter stays ordered: its run waits until somebody has mended the letters folder. */
async function holdForFault(
  { database, clock, log }: Office,
  { run_id: runId }: LetterOrder,
  { code, place }: { readonly code: string; readonly place?: string },
): Promise<void> {
  log.error({ runId, code, place }, 'letters.fault')
  if (runId === null) return
  await database.transaction((transaction) =>
    holdRun(transaction, { clock }, { runId, code, place: place ?? null }),
  )
}

async function storeResult(
  office: Office,
  letter: Prepared,
  result: LetterResult,
): Promise<boolean> {
  if (!result.ok && isFolderFault(result.code) && (await isBroken(office, letter))) {
    await holdForFault(office, letter.order, result)
    return false
  }
  if (!result.ok) {
    const { findings } = result
    if (findings !== undefined) {
      office.log.error({ caseId: letter.order.case_id, findings }, 'letter.mismatch')
    }
    await refuseLetter(office, letter.order, result.code)
    return false
  }
  const stored = await attempt(office, 'letter.unstored', letter.order.case_id, () =>
    storeLetter(office, letter, result.made),
  )
  if (stored === undefined) await refuseLetter(office, letter.order, 'letter.failed')
  return stored ?? false
}
