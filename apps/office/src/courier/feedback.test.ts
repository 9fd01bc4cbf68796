// The counters of "Waren diese Informationen hilfreich?" on their way to the office, from an honest and from a lying portal.
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { todayIn } from '../cases/today.ts'
import { reportFeedback } from '../feedback-report.ts'
import { type StandInPortal, standInPortal } from '../testing/stand-in-portal.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'
import { runCourier } from './courier.ts'

let at: TestOffice
let portal: StandInPortal
before(async () => {
  at = await openTestOffice()
})
after(() => at[Symbol.asyncDispose]())
beforeEach(() => {
  portal = standInPortal(at.office.secrets.receiptKey)
})

const run = () => runCourier(at.office, portal, new AbortController().signal)

describe('feedback', () => {
  const count = (day: string, total: number, helpful: 'yes' | 'no' = 'yes') =>
    ({ day, count: total, helpful, page: 'information', language: 'de' }) as const
  const report = async () => (await reportFeedback(at.office.database.kysely)).months
  const now = () => todayIn(at.office.database.kysely, at.office.clock)
  beforeEach(async () => {
    await at.office.database.kysely.deleteFrom('feedback').execute()
  })

  test('totals come once however often they are fetched, and a restored portal takes none back', async () => {
    const today = await now()
    portal.feedback_.push(count(today, 2), count(today, 1, 'no'))
    await run()
    await run()
    const line = { month: today.slice(0, 7), page: 'information', language: 'de' }
    assert.deepEqual(await report(), [{ ...line, yes: 2, no: 1 }])
    portal.feedback_.splice(0, 2, count(today, 1), count(today, 5, 'no'))
    await run()
    assert.deepEqual(await report(), [{ ...line, yes: 2, no: 5 }])
  })

  test('a portal that lies about days or repeats itself neither fills the table nor stops the next day', async () => {
    const today = await now()
    portal.feedback_.push(
      count('2999-12-31', 9),
      count('2026-02-31', 9),
      count('2001-01-01', 9),
      count(today, 3),
      count(today, 4),
    )
    await run()
    assert.deepEqual(
      (await report()).map(({ month, yes }) => [month, yes]),
      [[today.slice(0, 7), 4]],
    )
  })
})
