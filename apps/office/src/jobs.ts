// The office's repeating jobs, each on one node at a time.

import { addDays, type CalendarDate } from '@einmal-pin/domain/calendar-date'
import { TOMBSTONE_DAYS } from '@einmal-pin/domain/retention'
import type { Job } from '@einmal-pin/platform/jobs'
import { todayIn } from './cases/today.ts'
import type { OfficeConfig } from './config.ts'
import { officeLink, runCourier } from './courier/courier.ts'
import type { Office } from './office.ts'
import { handOverLetters } from './print/hand-over.ts'
import { makeOrderedLetters } from './print/make-letters.ts'
import { remind } from './print/remind.ts'
import { settleRuns } from './print/settle-runs.ts'
import { writeStopList } from './print/stop-list.ts'
import { takePrintReports } from './print/take-reports.ts'

/** Those that a poke wakes, in the order in which one feeds the next. */
export const POKED_JOBS = ['print', 'courier', 'post'] as const

const HOUR = 3_600_000

export function officeJobs(office: Office, config: OfficeConfig): readonly Job[] {
  const link = officeLink(office)
  const everyMilliseconds = config.courierMilliseconds
  return [
    {
      name: 'print',
      everyMilliseconds,
      run: async (signal) => {
        await makeOrderedLetters(office, signal)
      },
    },
    {
      name: 'courier',
      everyMilliseconds,
      run: (signal) => runCourier(office, link, signal),
    },
    {
      name: 'post',
      everyMilliseconds,
      run: async (signal) => {
        await settleRuns(office)
        await handOverLetters(office, signal)
        await writeStopList(office)
        await takePrintReports(office)
        await settleRuns(office)
      },
    },
    {
      name: 'remind',
      everyMilliseconds: HOUR,
      run: async () => {
        await remind(office)
      },
    },
    { name: 'forget', everyMilliseconds: HOUR, run: () => forget(office) },
  ]
}

/** What nobody needs any longer: selectors of PINs that the portal has forgotten, facts long acknowledged. */
async function forget({ database, clock }: Office): Promise<void> {
  const db = database.kysely
  const today = await todayIn(db, clock)
  const remembered: CalendarDate = addDays(today, -TOMBSTONE_DAYS - 1)
  await db
    .deleteFrom('selectors')
    .using('rounds')
    .whereRef('rounds.case_id', '=', 'selectors.case_id')
    .whereRef('rounds.round', '=', 'selectors.round')
    .where('rounds.last_day', '<', remembered)
    .execute()
  await db
    .deleteFrom('facts')
    .where('applied_at', '<', new Date(Date.parse(remembered)))
    .execute()
}
