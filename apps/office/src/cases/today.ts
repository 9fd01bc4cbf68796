// The calendar day in Berlin by the database's clock: letters, deadlines and days of activity are counted in it.
import { BERLIN, type CalendarDate, calendarDateIn } from '@einmal-pin/domain/calendar-date'
import type { Clock } from '@einmal-pin/platform/clock'
import type { OfficeQueryable } from '../store/office-database.ts'
import type { OfficeSchema } from '../store/schema.ts'

export const todayIn = async (db: OfficeQueryable, clock: Clock): Promise<CalendarDate> =>
  calendarDateIn(BERLIN, await clock.now<OfficeSchema>(db))
