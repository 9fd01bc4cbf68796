// Hands letters to the print centre: only those of a released run, whose record the portal accepted and whose case is checked again here.
import { verifyVerdict } from '@einmal-pin/vault/letter-verdict'
import type { BundleLetter } from '@einmal-pin/wire/print-hand-over'
import { sql } from 'kysely'

import { record } from '../audit/audit.ts'
import { newestRounds } from '../cases/case-rows.ts'
import {
  discardPrepared,
  isHandedOver,
  newBundleId,
  type OutgoingLetter,
  prepareBundle,
} from '../letters/print-bundle.ts'
import type { Office } from '../office.ts'
import type { OfficeTransaction } from '../store/office-database.ts'

/** A bundle is printed in one go; more letters make more bundles. */
const LETTERS_PER_BUNDLE = 500

/**
 * First the letters of a bundle are fixed in the database, then its folder is written, then, with every case checked once more, it is
 * shown to the print centre. A crash in between begins again with what is still wanted.
 */
export async function handOverLetters(office: Office, signal: AbortSignal): Promise<void> {
  for (const bundleId of await unwrittenBundles(office)) await handOver(office, bundleId)
  while (!signal.aborted) {
    const bundleId = await fixBundle(office)
    if (bundleId === undefined) return
    await handOver(office, bundleId)
  }
}

async function unwrittenBundles({ database }: Office): Promise<readonly string[]> {
  const rows = await database.kysely
    .selectFrom('bundles')
    .select('bundle_id')
    .where('state', '=', 'writing')
    .execute()
  return rows.map(({ bundle_id }) => bundle_id)
}

/** The next letters of a released run in the order of the franking (byDestination says the same); one run's bundles count on. */
async function fixBundle({ database, clock }: Office): Promise<string | undefined> {
  return database.transaction(async (transaction) => {
    const run = await transaction
      .selectFrom('print_runs')
      .select('run_id')
      .where('state', '=', 'released')
      .where(
        sql<boolean>`exists (select 1 from letter_orders o
          where o.run_id = print_runs.run_id and o.state = 'published')`,
      )
      .orderBy('letters')
      .orderBy('created_at')
      .limit(1)
      .forShare()
      .executeTakeFirst()
    if (run === undefined) return undefined
    const orders = await transaction
      .selectFrom('letter_orders')
      .innerJoin('cases', 'cases.case_id', 'letter_orders.case_id')
      .select('order_id')
      .where('run_id', '=', run.run_id)
      .where('letter_orders.state', '=', 'published')
      .orderBy(sql`cases.country <> 'DE'`)
      .orderBy(sql`cases.country collate "C"`)
      .orderBy(sql`cases.postcode collate "C"`)
      .orderBy(sql`letter_id collate "C"`)
      .limit(LETTERS_PER_BUNDLE)
      .execute()
    if (orders.length === 0) return undefined
    const bundleId = newBundleId()
    const bundle = { bundle_id: bundleId, run_id: run.run_id, created_at: clock.sqlOnce } as const
    await transaction
      .insertInto('bundles')
      .values({ ...bundle, state: 'writing' })
      .execute()
    await transaction
      .updateTable('letter_orders')
      .set({ state: 'bundled', bundle_id: bundleId })
      .where(
        'order_id',
        'in',
        orders.map(({ order_id }) => order_id),
      )
      .execute()
    return bundleId
  })
}

/** States in which somebody still waits for this letter. Nobody is reminded of a PIN that is over. */
const ASKED = {
  pin: ['published', 'begun', 'expired'],
  reminder: ['published', 'begun'],
} as const satisfies Record<BundledOrder['kind'], readonly string[]> as Record<
  BundledOrder['kind'],
  readonly string[]
>

/** Ends once nothing was withdrawn between the writing of the folder and the look at its cases. */
async function handOver(office: Office, bundleId: string): Promise<void> {
  const { database, config, secrets } = office
  const { created_at: createdAt, run_id: runId } = await database.kysely
    .selectFrom('bundles')
    .select(['created_at', 'run_id'])
    .where('bundle_id', '=', bundleId)
    .executeTakeFirstOrThrow()
  for (;;) {
    await database.transaction((transaction) => withdrawUnwanted(transaction, office, bundleId))
    const letters = await lettersOf(office, bundleId)
    if (letters.length === 0) await discardPrepared(config.dataDir, bundleId)
    const firstSeq = await nextSeq(office, runId)
    const checkKey = secrets.checkKey.publicKey
    await requireVerdicts(letters, checkKey)
    const bundle = { bundleId, createdAt, firstSeq, checkKey, letters }
    const prepared =
      letters.length === 0
        ? undefined
        : await prepareBundle(config.dataDir, bundle, secrets.signingKey)
    const isOut = await database.transaction(async (transaction) => {
      // Held until the folder is out: what ends a case, or cancels the run, comes before its letter has left, or after it.
      await shareRun(transaction, runId)
      if ((await withdrawUnwanted(transaction, office, bundleId)) > 0) return false
      if ((await countBundled(transaction, bundleId)) !== letters.length) return false
      await prepared?.release()
      await noteHandOver(transaction, office, bundleId, prepared?.manifest.letters ?? [])
      return true
    })
    if (isOut) return
  }
}

/** Fail closed: a letter that the check has not signed as it lies here never reaches the outbox. */
async function requireVerdicts(letters: readonly OutgoingLetter[], key: string): Promise<void> {
  for (const letter of letters) {
    if (await verifyVerdict(key, letter, letter.verdict)) continue
    throw new TypeError(`the letter ${letter.letterId} was not checked as it lies here`)
  }
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

async function countBundled(transaction: OfficeTransaction, bundleId: string): Promise<number> {
  const { letters } = await transaction
    .selectFrom('letter_orders')
    .select(sql<number>`count(*)::int`.as('letters'))
    .where('bundle_id', '=', bundleId)
    .where('state', '=', 'bundled')
    .executeTakeFirstOrThrow()
  return letters
}

/** One more than the last number of the run: bundles of a run leave one after the other. */
async function nextSeq({ database }: Office, runId: string | null): Promise<number> {
  if (runId === null) return 1
  const row = await database.kysely
    .selectFrom('letter_orders')
    .select(sql<number>`coalesce(max(seq), 0)::int + 1`.as('next'))
    .where('run_id', '=', runId)
    .executeTakeFirstOrThrow()
  return row.next
}

interface BundledOrder {
  readonly order_id: string
  readonly case_id: string
  readonly kind: 'pin' | 'reminder'
  readonly round: number | null
  readonly letter_id: string | null
}

/** Returns how many letters were taken out. What the print centre can see already has left: nothing of it is taken out any more. */
async function withdrawUnwanted(
  transaction: OfficeTransaction,
  office: Office,
  bundleId: string,
): Promise<number> {
  const orders = await transaction
    .selectFrom('letter_orders')
    .select(['order_id', 'case_id', 'kind', 'round', 'letter_id'])
    .where('bundle_id', '=', bundleId)
    .where('state', '=', 'bundled')
    .execute()
  if (orders.length === 0) return 0
  const caseIds = orders.map(({ case_id }) => case_id)
  const states = await lockCases(transaction, caseIds)
  if (await isHandedOver(office.config.dataDir, bundleId)) return 0
  const rounds = await newestRounds(transaction, caseIds)
  const isWanted = ({ case_id, kind, round }: BundledOrder): boolean => {
    const newest = rounds.get(case_id)
    const isAsked = ASKED[kind].includes(states.get(case_id) ?? '')
    return isAsked && newest?.round === round && newest.pin_state === 'live'
  }
  const unwanted = orders.filter((order) => !isWanted(order))
  for (const order of unwanted) await withdraw(transaction, office, order)
  return unwanted.length
}

/** In one order, so that two of these never wait for each other. */
async function lockCases(
  transaction: OfficeTransaction,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await transaction
    .selectFrom('cases')
    .select(['case_id', 'state'])
    .where('case_id', 'in', [...caseIds])
    .orderBy('case_id')
    .forUpdate()
    .execute()
  return new Map(rows.map(({ case_id, state }) => [case_id, state]))
}

async function withdraw(
  transaction: OfficeTransaction,
  { clock }: Office,
  { order_id, case_id: caseId, kind, round, letter_id: letterId }: BundledOrder,
): Promise<void> {
  await transaction
    .updateTable('letter_orders')
    .set({ state: 'withdrawn', bundle_id: null })
    .where('order_id', '=', order_id)
    .execute()
  if (round === null || letterId === null) return
  if (kind === 'pin') {
    await transaction
      .updateTable('rounds')
      .set({ letter_state: 'withdrawn' })
      .where('letter_id', '=', letterId)
      .execute()
  }
  await transaction.deleteFrom('sealed_letters').where('letter_id', '=', letterId).execute()
  const action = 'letter.withdrawn'
  await record(transaction, clock, { actor: 'office', action, subject: caseId, round })
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
