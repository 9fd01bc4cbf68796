// Calendar arithmetic over forty years, and the start of a day in time zones with every kind of clock change.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  addDays,
  BERLIN,
  type CalendarDate,
  calendarDateIn,
  daysBetween,
  formatGerman,
  parseCalendarDate,
  startOfDay,
  weekdayOf,
} from './calendar-date.ts'

const FIRST = '2020-01-01' as CalendarDate
const DAYS = daysBetween(FIRST, '2061-01-01' as CalendarDate)
const anyDay = fc.integer({ min: 0, max: DAYS - 1 }).map((days) => addDays(FIRST, days))

describe('a calendar date', () => {
  it('is read exactly and must exist', () => {
    assert.deepEqual(parseCalendarDate('2028-02-29'), { ok: true, value: '2028-02-29' })
    for (const text of ['2027-02-29', '2026-13-01', '2026-00-10', '2026-04-31']) {
      assert.deepEqual(parseCalendarDate(text), { ok: false, error: 'date.notReal' }, text)
    }
    for (const text of [
      '',
      '26-01-01',
      '2026-1-1',
      '2026-01-01T00:00',
      '01.01.2026',
      '0026-01-01',
    ]) {
      assert.deepEqual(parseCalendarDate(text), { ok: false, error: 'date.format' }, text)
    }
  })

  it('is written the German way in letters', () => {
    assert.equal(formatGerman('2026-12-04' as CalendarDate), '04.12.2026')
  })

  it('goes forth and back by the same number of days', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -9999, max: 9999 }), (date, days) => {
        const there = addDays(date, days)
        assert.equal(daysBetween(date, there), days)
        assert.equal(addDays(there, -days), date)
        assert.equal(weekdayOf(there), ((((weekdayOf(date) - 1 + days) % 7) + 7) % 7) + 1)
      }),
    )
  })

  it('knows that 23 November 2026 is a Monday', () => {
    assert.equal(weekdayOf('2026-11-23' as CalendarDate), 1)
    assert.equal(weekdayOf('2026-11-29' as CalendarDate), 7)
  })
})

describe('the start of a day', () => {
  it('is its first instant in Berlin, on every day from 2020 to 2060', () => {
    for (let date = FIRST; date < '2061-01-01'; date = addDays(date, 1)) {
      const start = startOfDay(date, BERLIN).getTime()
      assert.equal(calendarDateIn(BERLIN, new Date(start)), date)
      assert.equal(calendarDateIn(BERLIN, new Date(start - 1)), addDays(date, -1))
    }
  })

  it('is right where the clock changes at midnight', () => {
    const rows: [string, string, string][] = [
      ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'],
      ['America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z'],
      ['Asia/Kathmandu', '2026-11-01', '2026-10-31T18:15:00.000Z'],
      ['Pacific/Kiritimati', '2026-11-01', '2026-10-31T10:00:00.000Z'],
      ['UTC', '2026-11-01', '2026-11-01T00:00:00.000Z'],
    ]
    for (const [zone, date, start] of rows) {
      assert.equal(startOfDay(date as CalendarDate, zone).toISOString(), start)
    }
  })

  it('gives days of 23, 24 and 25 hours', () => {
    const hours = (date: string) => {
      const day = date as CalendarDate
      const next = startOfDay(addDays(day, 1), BERLIN)
      return (next.getTime() - startOfDay(day, BERLIN).getTime()) / 3_600_000
    }
    assert.deepEqual(['2027-03-28', '2027-03-29', '2026-10-25'].map(hours), [23, 24, 25])
  })
})
