// Easter and the holidays that hang on it, against days looked up in calendars.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type CalendarDate, weekdayOf } from './calendar-date.ts'
import { easterSunday, holidaysOf, isWorkday, type Region, responseDeadline } from './holidays.ts'

const years = fc.integer({ min: 1990, max: 2299 })
const regions = fc.constantFrom<Region>('SN', 'TH')

describe('holidays', () => {
  it('put Easter where the calendar has it', () => {
    const known = [
      '1954-04-18',
      '2000-04-23',
      '2008-03-23',
      '2011-04-24',
      '2024-03-31',
      '2026-04-05',
      '2027-03-28',
      '2038-04-25',
      '2285-03-22',
    ]
    for (const date of known) assert.equal(easterSunday(Number(date.slice(0, 4))), date)
  })

  it('of Saxony and Thuringia in 2026 are these', () => {
    const both = [
      '2026-01-01',
      '2026-04-03',
      '2026-04-06',
      '2026-05-01',
      '2026-05-14',
      '2026-05-25',
    ]
    const autumn = ['2026-10-03', '2026-10-31']
    const christmas = ['2026-12-25', '2026-12-26']
    assert.deepEqual(holidaysOf(2026, 'SN'), [...both, ...autumn, '2026-11-18', ...christmas])
    assert.deepEqual(holidaysOf(2026, 'TH'), [...both, '2026-09-20', ...autumn, ...christmas])
  })

  it('keep their weekdays in every year', () => {
    fc.assert(
      fc.property(years, (year) => {
        assert.equal(weekdayOf(easterSunday(year)), 7)
        const repentance = holidaysOf(year, 'SN').filter((day) => /-11-(1[6-9]|2[0-2])$/.test(day))
        assert.deepEqual(repentance.map(weekdayOf), [3])
      }),
    )
  })

  it('never leave a response deadline on a day without work, nor move one that is on a workday', () => {
    const days = fc.date({
      min: new Date('2020-01-01'),
      max: new Date('2060-12-31'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(days, regions, (instant, region) => {
        const nominal = instant.toISOString().slice(0, 10) as CalendarDate
        const effective = responseDeadline(nominal, region)
        assert.ok(isWorkday(effective, region) && effective >= nominal)
        if (isWorkday(nominal, region)) assert.equal(effective, nominal)
      }),
    )
  })
})
