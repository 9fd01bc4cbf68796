// Takes in what the print centre reports: dates of printing and posting, or a bundle that it refused.
import type { PrintRefusal, PrintStatus } from '@einmal-pin/wire/print-hand-over'
import { importPrintReports } from '../letters/print-bundle.ts'
import type { Office } from '../office.ts'
import { openTask } from '../tasks.ts'

export async function takePrintReports(office: Office): Promise<void> {
  const { config, log } = office
  await importPrintReports(config.dataDir, {
    onPosted: (status) => notePosted(office, status),
    onRefused: (refusal) => noteRefusal(office, refusal),
    onUnreadable: async (file) => log.error({ file }, 'printReport.unreadable'),
  })
}

/** Idempotent. The sealed letter goes with the posting: a reprint is a new PIN. */
async function notePosted({ database }: Office, status: PrintStatus): Promise<void> {
  await database.transaction(async (transaction) => {
    for (const { letterId, printedOn, postedOn } of status.letters) {
      await transaction
        .updateTable('rounds')
        .set({ letter_state: 'posted', printed_on: printedOn, posted_on: postedOn })
        .where('letter_id', '=', letterId)
        .where('letter_state', 'in', ['made', 'printed'])
        .execute()
      await transaction.deleteFrom('sealed_letters').where('letter_id', '=', letterId).execute()
    }
    await transaction
      .updateTable('bundles')
      .set({ state: 'posted' })
      .where('bundle_id', '=', status.bundleId)
      .execute()
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
