// Hands letters to the print centre: only those of a released run, whose record the portal accepted and whose case is checked again here.
import { verifyVerdict } from '@einmal-pin/vault/letter-verdict'
import type { BundleLetter } from '@einmal-pin/wire/print-hand-over'
import { type SqlBool, sql } from 'kysely'
import { isStorageFault } from '../letters/durable-file.ts'
import { discardPrepared, type OutgoingLetter, prepareBundle } from '../letters/print-bundle.ts'
import type { Office } from '../office.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import { stopRun } from './control-run.ts'
import { fixBundle, nextSeq } from './fix-bundle.ts'
import { noteGoing, noteWaiting } from './print-waits.ts'
import { bundledOrders, withdrawUnwanted } from './withdraw-unwanted.ts'

/**
 * First the letters of a bundle are fixed in the database, then its folder is written, then, with every case checked once more, it is
 * shown to the print centre. A crash in between begins again with what is still wanted.
 */
export async function handOverLetters(office: Office, signal: AbortSignal): Promise<void> {
  try {
    if (await handOverAll(office, signal)) await noteGoing(office, ['outbox.unwritable'])
  } catch (error) {
    if (!(error instanceof OutboxFault)) throw error
    office.log.error({ code: 'outbox.unwritable' }, 'letters.waiting')
    await noteWaiting(office, 'outbox.unwritable')
  }
}

/** Told apart from the database's own files, which may be away for a moment, too. */
class OutboxFault extends Error {}

async function inOutbox<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw isStorageFault(error) ? new OutboxFault('the outbox cannot be written') : error
  }
}

/** Whether there was anything to hand over. */
async function handOverAll(office: Office, signal: AbortSignal): Promise<boolean> {
  const unwritten = await unwrittenBundles(office)
  let isAny = unwritten.length > 0
  for (const bundleId of unwritten) await handOver(office, bundleId)
  while (!signal.aborted) {
    const bundleId = await fixBundle(office)
    if (bundleId === undefined) return isAny
    isAny = true
    await handOver(office, bundleId)
  }
  return isAny
}

/** Those of a run that was stopped meanwhile stay; cancelling it throws them away. */
async function unwrittenBundles({ database }: Office): Promise<readonly string[]> {
  const rows = await database.kysely
    .selectFrom('bundles')
    .select('bundle_id')
    .where('state', '=', 'writing')
    .where(
      sql<SqlBool>`not exists (select 1 from print_runs r
        where r.run_id = bundles.run_id and r.state = 'stopped')`,
    )
    .execute()
  return rows.map(({ bundle_id }) => bundle_id)
}

/** Ends once nothing was withdrawn between the writing of the folder and the look at its cases. */
async function handOver(office: Office, bundleId: string): Promise<void> {
  const { database, config, secrets } = office
  const { created_at: createdAt, run_id: runId } = await database.kysely
    .selectFrom('bundles')
    .select(['created_at', 'run_id'])
    .where('bundle_id', '=', bundleId)
    .executeTakeFirstOrThrow()
  const checkKey = secrets.checkKey.publicKey
  for (;;) {
    await database.transaction((transaction) => withdrawUnwanted(transaction, office, bundleId))
    const letters = await lettersOf(office, bundleId)
    if (!(await areChecked(letters, checkKey))) return stopUnchecked(office, runId)
    if (letters.length === 0) await inOutbox(() => discardPrepared(config.dataDir, bundleId))
    const firstSeq = await nextSeq(office, runId)
    const bundle = { bundleId, createdAt, firstSeq, checkKey, letters }
    const prepared =
      letters.length === 0
        ? undefined
        : await inOutbox(() => prepareBundle(config.dataDir, bundle, secrets.signingKey))
    const isOut = await database.transaction(async (transaction) => {
      // Held until the folder is out: what ends a case, or cancels the run, comes before its letter has left, or after it.
      await shareRun(transaction, runId)
      if ((await withdrawUnwanted(transaction, office, bundleId)) > 0) return false
      if ((await bundledOrders(transaction, bundleId)).length !== letters.length) return false
      if (prepared !== undefined) await inOutbox(prepared.release)
      await noteHandOver(transaction, office, bundleId, prepared?.manifest.letters ?? [])
      return true
    })
    if (isOut) return
  }
}

/** Fail closed: a letter that the check has not signed as it lies here never reaches the outbox. */
async function areChecked(letters: readonly OutgoingLetter[], key: string): Promise<boolean> {
  for (const letter of letters) {
    if (!(await verifyVerdict(key, letter, letter.verdict))) return false
  }
  return true
}

/** Somebody or something has changed a letter behind the check; other runs go on. */
async function stopUnchecked({ database, clock, log }: Office, runId: string | null) {
  log.error({ runId, code: 'letter.changed' }, 'letter.changed')
  if (runId === null) return
  await database.transaction((transaction) =>
    stopRun(transaction, { clock }, runId, 'letter.changed'),
  )
}

/** A run is not cancelled while one of its bundles leaves. */
async function shareRun(transaction: OfficeTransaction, runId: string | null): Promise<void> {
  if (runId === null) return
  await transaction
    .selectFrom('print_runs')
    .select('run_id')
    .where('run_id', '=', runId)
    .forShare()
    .execute()
}

async function noteHandOver(
  transaction: OfficeTransaction,
  { clock }: Office,
  bundleId: string,
  listed: readonly BundleLetter[],
): Promise<void> {
  const numbers = JSON.stringify(listed.map(({ letterId, seq }) => ({ letterId, seq })))
  await sql`update letter_orders set seq = n.seq
    from jsonb_to_recordset(${numbers}::jsonb) as n("letterId" text, seq integer)
    where letter_orders.letter_id = n."letterId" and bundle_id = ${bundleId}`.execute(transaction)
  const handed = await transaction
    .updateTable('letter_orders')
    .set({ state: 'handedOver' })
    .where('bundle_id', '=', bundleId)
    .where('state', '=', 'bundled')
    .returning(['case_id', 'round'])
    .execute()
  await transaction
    .updateTable('bundles')
    .set({ state: handed.length > 0 ? 'handedOver' : 'posted' })
    .where('bundle_id', '=', bundleId)
    .where('state', '=', 'writing')
    .execute()
  if (handed.length === 0) return
  const entry = { at: clock.sqlOnce, actor: 'office', action: 'letter.handedOver', detail: '{}' }
  await transaction
    .insertInto('audit')
    .values(handed.map(({ case_id: subject, round }) => ({ ...entry, subject, round })))
    .execute()
}

async function lettersOf({ database }: Office, bundleId: string): Promise<OutgoingLetter[]> {
  const rows = await database.kysely
    .selectFrom('letter_orders')
    .innerJoin('sealed_letters', 'sealed_letters.letter_id', 'letter_orders.letter_id')
    .innerJoin('cases', 'cases.case_id', 'letter_orders.case_id')
    .select([
      'sealed_letters.letter_id',
      'letter_orders.case_id',
      'letter_orders.round',
      'letter_orders.verdict',
      'letter_orders.sampled',
      'sealed_letters.sealed',
      'sealed_letters.sha256',
      'sealed_letters.pages',
      'cases.postcode',
      'cases.country',
    ])
    .where('bundle_id', '=', bundleId)
    .where('letter_orders.state', '=', 'bundled')
    .execute()
  return rows.map(({ letter_id: letterId, case_id: caseId, round, verdict, ...letter }) => ({
    ...letter,
    verdict: verdict ?? '',
    letterId,
    caseId,
    round: round ?? 0,
  }))
}
