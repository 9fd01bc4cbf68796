// "Bis 31 Tage nach dem Briefdatum einschließlich": the sentence, proved for every letter date from 2020 to 2060.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addDays, BERLIN, type CalendarDate, calendarDateIn } from './calendar-date.ts'
import {
  daysLeft,
  expiresAt,
  extendedLastDay,
  isExpired,
  isPostedLate,
  lastDay,
  PIN_VALIDITY_DAYS,
} from './validity.ts'

const day = (text: string) => text as CalendarDate

describe('»Wie lange ist die PIN gültig?«', () => {
  it('Der 31. Tag nach dem Briefdatum gilt bis Mitternacht in Berlin, für jedes Briefdatum', () => {
    for (let letter = day('2020-01-01'); letter < '2061-01-01'; letter = addDays(letter, 1)) {
      const last = lastDay(letter)
      const end = expiresAt(last)
      const before = new Date(end.getTime() - 1)
      assert.equal(calendarDateIn(BERLIN, before), last)
      assert.equal(calendarDateIn(BERLIN, end), addDays(letter, 32))
      assert.deepEqual([isExpired(last, before), isExpired(last, end)], [false, true])
    }
  })

  it('the letter date itself does not count, and a tenant may set another number', () => {
    assert.equal(daysLeft(lastDay(day('2026-11-23')), day('2026-11-23')), PIN_VALIDITY_DAYS)
    assert.equal(lastDay(day('2026-11-23'), 60), '2027-01-22')
  })

  it('the last day has no day left after it and still counts', () => {
    const last = lastDay(day('2026-11-23'))
    assert.deepEqual([daysLeft(last, last), daysLeft(last, addDays(last, 1))], [0, -1])
  })

  it('clock changes move the end by an hour in UTC, never in Berlin', () => {
    assert.equal(expiresAt(day('2027-03-27')).toISOString(), '2027-03-27T23:00:00.000Z')
    assert.equal(expiresAt(day('2027-03-28')).toISOString(), '2027-03-28T22:00:00.000Z')
    assert.equal(expiresAt(day('2026-10-24')).toISOString(), '2026-10-24T22:00:00.000Z')
    assert.equal(expiresAt(day('2026-10-25')).toISOString(), '2026-10-25T23:00:00.000Z')
  })
})

describe('a letter that leaves late', () => {
  it('is named from the fourth day, and a new term never shortens the old one', () => {
    assert.equal(isPostedLate(day('2026-11-23'), day('2026-11-26')), false)
    assert.equal(isPostedLate(day('2026-11-23'), day('2026-11-27')), true)
    assert.equal(extendedLastDay(day('2026-12-24'), day('2026-12-28')), '2026-12-28')
    assert.equal(extendedLastDay(day('2026-12-24'), day('2026-12-01')), '2026-12-24')
  })
})
