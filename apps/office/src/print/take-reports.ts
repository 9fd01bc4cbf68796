// Takes in what the print centre reports: dates of printing and posting, or a bundle that it refused.
import type { PrintRefusal, PrintStatus } from '@einmal-pin/wire/print-hand-over'
import { sql } from 'kysely'
import { importPrintReports } from '../letters/print-bundle.ts'
import type { Office } from '../office.ts'
import { openTask } from '../tasks.ts'
import { applyStatus } from './apply-status.ts'

export async function takePrintReports(office: Office): Promise<void> {
  const { config, log } = office
  await importPrintReports(config.dataDir, {
    onPosted: (status) => notePosted(office, status),
    onRefused: (refusal) => noteRefusal(office, refusal),
    onUnreadable: async (file) => log.error({ file }, 'printReport.unreadable'),
  })
}

/** Idempotent. Whether every letter of the bundle is settled: until then it stays where the print centre finds it. */
async function notePosted(office: Office, status: PrintStatus): Promise<boolean> {
  const { unknown } = await applyStatus(office, status.letters)
  const { bundleId } = status
  if (unknown.length > 0) office.log.warn({ bundleId, letters: unknown.length }, 'letters.unknown')
  return office.database.transaction(async (transaction) => {
    const { waiting } = await transaction
      .selectFrom('letter_orders')
      .innerJoin('sealed_letters', 'sealed_letters.letter_id', 'letter_orders.letter_id')
      .select(sql<number>`count(*)::int`.as('waiting'))
      .where('bundle_id', '=', bundleId)
      .executeTakeFirstOrThrow()
    if (waiting > 0) return false
    await transaction
      .updateTable('bundles')
      .set({ state: 'posted' })
      .where('bundle_id', '=', bundleId)
      .execute()
    return true
  })
}

async function noteRefusal({ database, clock, log }: Office, refusal: PrintRefusal): Promise<void> {
  log.error({ bundleId: refusal.bundleId, code: refusal.code }, 'bundle.refused')
  await database.transaction((transaction) =>
    openTask(transaction, clock, {
      kind: 'letterRefused',
      caseId: null,
      code: `${refusal.code} ${refusal.bundleId}`,
    }),
  )
}
