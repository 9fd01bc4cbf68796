// The promise about files of the print centre: a day that no calendar has, or that is still to come, changes nothing and is named.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addDays } from '@einmal-pin/domain/calendar-date'
import { todayIn } from '../cases/today.ts'
import { openTestOffice, type TestOffice } from '../testing/test-office.ts'

let at: TestOffice
before(async () => {
  at = await openTestOffice()
})
after(() => at[Symbol.asyncDispose]())

const report = (postedOn: string) =>
  at.app.inject({
    ...{ method: 'POST', url: '/api/v1/letters/status', headers: at.asCore },
    payload: { letters: [{ letterId: 'never-1', outcome: 'posted', postedOn }] },
  })
const today = () => todayIn(at.office.database.kysely, at.office.clock)

test('no calendar has that day', async () => {
  for (const day of ['2026-02-31', '0000-01-01', '2026-13-01', '2025-02-29']) {
    const answer = await report(day)
    assert.deepEqual([answer.statusCode, answer.json().code], [400, 'request.invalid'], day)
  }
})

test('today is past enough, tomorrow is named by line and field', async () => {
  assert.deepEqual((await report(await today())).json().unknown, ['never-1'])
  const answer = await report(addDays(await today(), 1))
  const { code, problems } = answer.json()
  assert.deepEqual([answer.statusCode, code], [422, 'import.rejected'])
  const [{ line, field, code: reason }] = problems
  assert.deepEqual([line, field, reason], [1, 'postedOn', 'import.future'])
})
