// Carries a print run on until it is done, for run-kills.test.ts, which kills it again and again.
import { pushCommands } from '../courier/push-commands.ts'
import { handOverLetters } from '../print/hand-over.ts'
import { makeOrderedLetters } from '../print/make-letters.ts'
import { settleRuns } from '../print/settle-runs.ts'
import { standInPortal } from './stand-in-portal.ts'
import { officeOver } from './test-office.ts'

const [dataDir = '', databaseUrl = ''] = process.argv.slice(2)
const office = await officeOver({ dataDir, databaseUrl })
const portal = standInPortal(office.secrets.receiptKey)
const never = new AbortController().signal
for (;;) {
  await makeOrderedLetters(office, never)
  await pushCommands(office, portal, never)
  await settleRuns(office)
  await handOverLetters(office, never)
  await settleRuns(office)
  const open = await office.database.kysely
    .selectFrom('print_runs')
    .select('run_id')
    .where('state', 'not in', ['done', 'cancelled'])
    .execute()
  if (open.length === 0) break
}
await office.database.close()
