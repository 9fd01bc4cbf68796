// Hands letters to the print centre: only those whose record the portal accepted and whose case is checked again here.

import { record } from '../audit/audit.ts'
import { lockCase, readRounds } from '../cases/case-rows.ts'
import { newBundleId, type OutgoingLetter, writeBundle } from '../letters/print-bundle.ts'
import type { Office } from '../office.ts'
import type { OfficeTransaction } from '../store/office-database.ts'
import type { BundleTable } from '../store/schema.ts'

/** A bundle is printed in one go; more letters make more bundles. */
const LETTERS_PER_BUNDLE = 500

/**
 * First the letters of a bundle are fixed in the database, then its folder is written, then it counts as handed
 * over. A crash in between writes the same folder again.
 */
export async function handOverLetters(office: Office, signal: AbortSignal): Promise<void> {
  for (const bundleId of await unwrittenBundles(office)) await writeFixed(office, bundleId)
  while (!signal.aborted) {
    const bundleId = await fixBundle(office)
    if (bundleId === undefined) return
    await writeFixed(office, bundleId)
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

interface PublishedOrder {
  readonly order_id: string
  readonly case_id: string
  readonly round: number | null
}

async function fixBundle({ database, clock }: Office): Promise<string | undefined> {
  return database.transaction(async (transaction) => {
    const orders = await transaction
      .selectFrom('letter_orders')
      .select(['order_id', 'case_id', 'round'])
      .where('state', '=', 'published')
      .orderBy('case_id')
      .limit(LETTERS_PER_BUNDLE)
      .execute()
    if (orders.length === 0) return undefined
    const bundleId = newBundleId()
    const bundle = { bundle_id: bundleId, created_at: clock.sqlOnce } as const
    await transaction
      .insertInto('bundles')
      .values({ ...bundle, state: 'writing' })
      .execute()
    for (const order of orders) await placeOrder(transaction, { clock }, order, bundleId)
    return bundleId
  })
}

/** States in which somebody still waits for this letter. */
const STILL_ASKED = ['published', 'begun', 'expired']

async function placeOrder(
  transaction: OfficeTransaction,
  { clock }: Pick<Office, 'clock'>,
  { order_id, case_id: caseId, round }: PublishedOrder,
  bundleId: string,
): Promise<void> {
  const row = await lockCase(transaction, caseId)
  const newest = (await readRounds(transaction, caseId)).at(-1)
  const isWanted =
    STILL_ASKED.includes(row.state) && newest?.round === round && newest.pin_state === 'live'
  await transaction
    .updateTable('letter_orders')
    .set(isWanted ? { state: 'bundled', bundle_id: bundleId } : { state: 'withdrawn' })
    .where('order_id', '=', order_id)
    .execute()
  if (isWanted || round === null) return
  await transaction
    .updateTable('rounds')
    .set({ letter_state: 'withdrawn' })
    .where('case_id', '=', caseId)
    .where('round', '=', round)
    .execute()
  await transaction
    .deleteFrom('sealed_letters')
    .where('letter_id', '=', `${caseId}-${round}`)
    .execute()
  const action = 'letter.withdrawn'
  await record(transaction, clock, { actor: 'office', action, subject: caseId, round })
}

async function writeFixed(office: Office, bundleId: string): Promise<void> {
  const { database, config, secrets } = office
  const { created_at: createdAt } = await database.kysely
    .selectFrom('bundles')
    .select('created_at')
    .where('bundle_id', '=', bundleId)
    .executeTakeFirstOrThrow()
  const letters = await lettersOf(office, bundleId)
  if (letters.length > 0) {
    await writeBundle(config.dataDir, { bundleId, createdAt, letters }, secrets.signingKey)
  }
  const state: BundleTable['state'] = letters.length > 0 ? 'handedOver' : 'posted'
  await database.transaction(async (transaction) => {
    await transaction
      .updateTable('bundles')
      .set({ state })
      .where('bundle_id', '=', bundleId)
      .where('state', '=', 'writing')
      .execute()
    const handed = await transaction
      .updateTable('letter_orders')
      .set({ state: 'handedOver' })
      .where('bundle_id', '=', bundleId)
      .where('state', '=', 'bundled')
      .returning(['case_id', 'round'])
      .execute()
    if (handed.length === 0) return
    await transaction
      .insertInto('audit')
      .values(
        handed.map(({ case_id, round }) => ({
          at: office.clock.sqlOnce,
          actor: 'office',
          action: 'letter.handedOver',
          subject: case_id,
          round,
          detail: '{}',
        })),
      )
      .execute()
  })
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
      'sealed_letters.sealed',
      'sealed_letters.sha256',
      'sealed_letters.pages',
      'cases.postcode',
      'cases.country',
    ])
    .where('bundle_id', '=', bundleId)
    .execute()
  return rows.map(({ letter_id: letterId, case_id: caseId, round, ...letter }) => ({
    ...letter,
    letterId,
    caseId,
    round: round ?? 0,
  }))
}
