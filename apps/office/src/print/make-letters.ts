// Makes the letters of all running print runs: each result is one transaction, so that a crash in between means a new PIN.
import { isUniqueViolation } from '@einmal-pin/platform/database-errors'
import { toBase64url } from '@einmal-pin/vault/base64url'
import { ProblemError } from '@einmal-pin/wire/problem'
import { record } from '../audit/audit.ts'
import { lockCase, readRounds } from '../cases/case-rows.ts'
import { enqueueCommand } from '../courier/commands.ts'
import { attempt } from '../courier/step.ts'
import type { LetterJob, LetterResult, MadeLetter } from '../letters/letter-job.ts'
import { makeLetters } from '../letters/letter-workshop.ts'
import { readPrintCentreRecipient } from '../letters/print-centre-key.ts'
import type { Office } from '../office.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import { openTask } from '../tasks.ts'
import { type LetterOrder, type PreparedLetter, prepareLetter } from './letter-jobs.ts'

/** Orders looked at in one go; between two the job can be stopped and new orders join. */
const BATCH = 100
/** A letter that loses a race for its selector or number is made again, with a new PIN. */
const MAX_TRIES = 5

/** Returns how many letters were made. Does nothing while the print centre's key is missing. */
export async function makeOrderedLetters(office: Office, signal: AbortSignal): Promise<number> {
  let made = 0
  const tries = new Map<string, number>()
  while (!signal.aborted) {
    const orders = (await nextOrders(office)).filter(
      ({ order_id }) => (tries.get(order_id) ?? 0) < MAX_TRIES,
    )
    const recipient = orders.length === 0 ? undefined : await printCentreRecipient(office)
    if (recipient === undefined) break
    for (const { order_id } of orders) tries.set(order_id, (tries.get(order_id) ?? 0) + 1)
    const isFirstTry = ({ order_id }: LetterOrder) => tries.get(order_id) === 1
    made += await makeBatch(office, orders, { recipient, signal, isFirstTry })
    office.poke()
  }
  return made
}

const nextOrders = ({ database }: Office): Promise<LetterOrder[]> =>
  database.kysely
    .selectFrom('letter_orders')
    .select(['order_id', 'case_id', 'reissue'])
    .where('state', '=', 'making')
    .orderBy('ordered_at')
    .orderBy('order_id')
    .limit(BATCH)
    .execute()

async function printCentreRecipient({ config, log }: Office): Promise<string | undefined> {
  try {
    return await readPrintCentreRecipient(config.dataDir)
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    log.warn({ code: error.code }, 'letters.waiting')
    return undefined
  }
}

interface BatchOptions {
  readonly recipient: string
  readonly signal: AbortSignal
  /** A child that died may have been stopped together with the office: its letter is tried once more. */
  readonly isFirstTry: (order: LetterOrder) => boolean
}

async function makeBatch(
  office: Office,
  orders: readonly LetterOrder[],
  { recipient: printCentreRecipient, signal, isFirstTry }: BatchOptions,
): Promise<number> {
  const prepared = new Map<string, PreparedLetter>()
  const { opaqueSetup, pepper } = office.secrets
  const secrets = { opaqueSetup, pepper: toBase64url(pepper), printCentreRecipient }
  const children = orders.length > 1 ? 2 : 1
  let made = 0
  for await (const result of makeLetters(jobsOf(office, orders, prepared), { secrets, children })) {
    const letter = prepared.get(result.caseId)
    prepared.delete(result.caseId)
    if (signal.aborted && !result.ok) break
    const isRetried =
      letter !== undefined &&
      isFirstTry(letter.order) &&
      !result.ok &&
      result.code === 'letter.failed'
    if (letter !== undefined && !isRetried && (await storeResult(office, letter, result))) made += 1
    if (signal.aborted) break
  }
  return made
}

/** One case has one pending order at most, so its id names the job. */
async function* jobsOf(
  office: Office,
  orders: readonly LetterOrder[],
  prepared: Map<string, PreparedLetter>,
): AsyncGenerator<LetterJob> {
  for (const order of orders) {
    const letter = await prepareOrRefuse(office, order)
    if (letter === 'refused') continue
    if (letter === undefined) await withdrawOrder(office, order)
    else {
      prepared.set(letter.job.caseId, letter)
      yield letter.job
    }
  }
}

/** A case whose secret cannot be opened, or whose letter cannot even be described, must not hold up the letters of all others. */
async function prepareOrRefuse(
  office: Office,
  order: LetterOrder,
): Promise<PreparedLetter | 'refused' | undefined> {
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

async function storeResult(
  office: Office,
  letter: PreparedLetter,
  result: LetterResult,
): Promise<boolean> {
  if (!result.ok) {
    await refuseLetter(office, letter.order, result.code)
    return false
  }
  const stored = await attempt(office, 'letter.unstored', letter.order.case_id, () =>
    storeOrWait(office, letter, result.made),
  )
  if (stored === undefined) await refuseLetter(office, letter.order, 'letter.failed')
  return stored ?? false
}

async function storeOrWait(
  office: Office,
  letter: PreparedLetter,
  made: MadeLetter,
): Promise<boolean> {
  try {
    return await office.database.transaction((transaction) =>
      storeLetter(transaction, office, letter, made),
    )
  } catch (error) {
    // Another letter of this person took the selector meanwhile: the order stays and gets a new PIN.
    if (isUniqueViolation(error, 'selectors_person')) return false
    throw error
  }
}

/** False when the case has moved on since the job was prepared: nothing is kept, no letter ever existed. */
async function storeLetter(
  transaction: OfficeTransaction,
  office: Office,
  letter: PreparedLetter,
  made: MadeLetter,
): Promise<boolean> {
  const { job, order } = letter
  const { caseId, round } = job
  const row = await lockCase(transaction, caseId)
  const newest = (await readRounds(transaction, caseId)).at(-1)
  const isCurrent = row.last_command + 1 === job.revision && (newest?.round ?? 0) + 1 === round
  if (!isCurrent) return false
  const letterId = job.letter.letterId
  const taken = await transaction
    .updateTable('letter_orders')
    .set({ state: 'made', round, letter_id: letterId })
    .where('order_id', '=', order.order_id)
    .where('state', '=', 'making')
    .executeTakeFirst()
  if (taken.numUpdatedRows === 0n) return false
  const selector = { kvnr: job.kvnr, selector: made.selector, case_id: caseId, round }
  await transaction.insertInto('selectors').values(selector).execute()
  await transaction.insertInto('rounds').values(roundRow(letter, letterId)).execute()
  const sealed = Buffer.from(made.sealedLetter)
  const { sha256, pages } = made
  await transaction
    .insertInto('sealed_letters')
    .values({ letter_id: letterId, sealed, sha256, pages })
    .execute()
  await enqueueCommand(transaction, office.clock, caseId, publication(letter, made))
  await tell(transaction, office, letter)
  return true
}

const roundRow = (letter: PreparedLetter, letterId: string) => ({
  case_id: letter.job.caseId,
  round: letter.job.round,
  letter_id: letterId,
  reissue: letter.order.reissue,
  pin_state: 'live',
  letter_state: 'made',
  letter_date: letter.letterDate,
  last_day: letter.lastDay,
  expires_at: letter.expiresAt,
  kek_wrap: letter.kekWrap,
  made_on: letter.letterDate,
})

const publication = (
  { job, order, letterDate, lastDay, expiresAt }: PreparedLetter,
  made: MadeLetter,
) => ({
  type: 'publish' as const,
  round: job.round,
  reissue: order.reissue,
  identity: made.identityHmac,
  secondFactors: [...made.secondFactorHmacs],
  opaqueRecord: made.opaqueRecord,
  wrappedSecret: made.wrappedSecret,
  letterDate,
  lastDay,
  expiresAt: expiresAt.toISOString(),
  package: toBase64url(made.sealedPackage),
})

async function tell(
  transaction: OfficeTransaction,
  { clock }: Office,
  { job, order, rewrapped }: PreparedLetter,
): Promise<void> {
  const { caseId: subject, round } = job
  const entry = { actor: 'office', subject, round, detail: { reissue: order.reissue } }
  if (rewrapped) await record(transaction, clock, { ...entry, action: 'secret.rewrapped' })
  await record(transaction, clock, { ...entry, action: 'letter.made' })
}

async function refuseLetter(
  { database, clock }: Office,
  { order_id, case_id: caseId }: LetterOrder,
  code: string,
): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction
      .updateTable('letter_orders')
      .set({ state: 'refused', code })
      .where('order_id', '=', order_id)
      .where('state', '=', 'making')
      .execute()
    await openTask(transaction, clock, { kind: 'letterRefused', caseId, code })
    const detail = { code }
    const action = 'letter.refused'
    await record(transaction, clock, { actor: 'office', action, subject: caseId, detail })
  })
}
