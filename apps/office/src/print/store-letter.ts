// Stores a finished letter with all that its PIN leaves behind, if its case still is as it was when the letter was begun.
import { isUniqueViolation } from '@einmal-pin/platform/database-errors'
import { toBase64url } from '@einmal-pin/vault/base64url'
import { record } from '../audit/audit.ts'
import { lockCase, readRounds } from '../cases/case-rows.ts'
import { enqueueCommand } from '../courier/commands.ts'
import type { KeptLetter, MadeLetter } from '../letters/letter-job.ts'
import type { Office } from '../office.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import { isReminded, type Prepared, type PreparedLetter } from './letter-jobs.ts'

/** One transaction. False when nothing was kept: the case has moved on, or the letter is to be made again with a new PIN. */
export async function storeLetter(
  office: Office,
  letter: Prepared,
  made: MadeLetter | KeptLetter,
): Promise<boolean> {
  try {
    return await office.database.transaction((transaction) =>
      'expiresAt' in letter && 'opaqueRecord' in made
        ? storePinLetter(transaction, office, letter, made)
        : storeReminder(transaction, office, letter, made),
    )
  } catch (error) {
    // Another letter of this person took the selector meanwhile: the order stays and gets a new PIN.
    if (isUniqueViolation(error, 'selectors_person')) return false
    throw error
  }
}

/** False when the case has moved on since the job was prepared: nothing is kept, no letter ever existed. */
async function storePinLetter(
  transaction: OfficeTransaction,
  office: Office,
  letter: PreparedLetter,
  made: MadeLetter,
): Promise<boolean> {
  const { job } = letter
  const { caseId, round } = job
  const row = await lockCase(transaction, caseId)
  const newest = (await readRounds(transaction, caseId)).at(-1)
  const isCurrent = row.last_command + 1 === job.revision && (newest?.round ?? 0) + 1 === round
  if (!isCurrent) return false
  const letterId = job.letter.letterId
  if (!(await takeOrder(transaction, letter, made, 'made'))) return false
  const selector = { kvnr: job.kvnr, selector: made.selector, case_id: caseId, round }
  await transaction.insertInto('selectors').values(selector).execute()
  await transaction.insertInto('rounds').values(roundRow(letter, letterId)).execute()
  await keepSealed(transaction, job, made)
  await enqueueCommand(transaction, office.clock, caseId, publication(letter, made))
  await tell(transaction, office, letter)
  return true
}

/** Nothing of it is published: it may leave as soon as its run is released. The case is asked once more, under its lock. */
async function storeReminder(
  transaction: OfficeTransaction,
  { clock }: Office,
  letter: Prepared,
  made: KeptLetter,
): Promise<boolean> {
  const { caseId, round } = letter.job
  const row = await lockCase(transaction, caseId)
  const newest = (await readRounds(transaction, caseId)).at(-1)
  if (newest?.round !== round || !isReminded(row.state, newest.pin_state)) return false
  if (!(await takeOrder(transaction, letter, made, 'published'))) return false
  await keepSealed(transaction, letter.job, made)
  const action = 'reminder.made'
  await record(transaction, clock, { actor: 'office', action, subject: caseId, round })
  return true
}

/** False when the order was cancelled meanwhile: then no letter ever existed. */
async function takeOrder(
  transaction: OfficeTransaction,
  { job, order }: Prepared,
  { verdict, sampled }: KeptLetter,
  state: 'made' | 'published',
): Promise<boolean> {
  const { round, letter } = job
  const taken = await transaction
    .updateTable('letter_orders')
    .set({ state, round, letter_id: letter.letterId, verdict, sampled })
    .where('order_id', '=', order.order_id)
    .where('state', '=', 'making')
    .executeTakeFirst()
  return taken.numUpdatedRows > 0n
}

async function keepSealed(
  transaction: OfficeTransaction,
  { caseId, letter: { letterId } }: Prepared['job'],
  { sealedLetter, sha256, pages, record: said }: KeptLetter,
): Promise<void> {
  const sealed = Buffer.from(sealedLetter)
  await transaction
    .insertInto('sealed_letters')
    .values({ letter_id: letterId, sealed, sha256, pages })
    .execute()
  await transaction
    .insertInto('letter_records')
    .values({ letter_id: letterId, case_id: caseId, record: JSON.stringify(said) })
    .execute()
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
