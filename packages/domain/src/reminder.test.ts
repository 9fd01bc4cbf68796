// The promises about the reminder's day: not before, not too late, and never where the tenant wants none.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CalendarDate } from './calendar-date.ts'
import { isReminderDue } from './reminder.ts'

const day = (text: string) => text as CalendarDate
const round = { letterDate: day('2026-11-23'), lastDay: day('2026-12-24') }

test('due on day 18 and after, until five days are left', () => {
  const due = ['2026-12-10', '2026-12-11', '2026-12-12', '2026-12-19', '2026-12-20']
  assert.deepEqual(
    due.map((today) => isReminderDue(round, 18, day(today))),
    [false, true, true, true, false],
  )
})

test('a tenant with day 0 reminds nobody', () => {
  assert.equal(isReminderDue(round, 0, day('2026-12-12')), false)
})
