// Two clocks of one database: the real one for what lasts minutes, the movable one for what lasts days.
import type { Clock } from '@einmal-pin/platform/clock'
import { type RawBuilder, sql } from 'kysely'

// [Note: Two clocks]
// Validity, retention and what people read follow `EP_CLOCK_OFFSET`. Sessions, pauses and login states do not: moving the clock by 32
// days in a demonstration must show "expired" in an open session, not end the session for being idle.

export const realNow: RawBuilder<Date> = sql<Date>`clock_timestamp()`

export const inSeconds = (seconds: number): RawBuilder<Date> =>
  sql<Date>`clock_timestamp() + make_interval(secs => ${seconds})`

/** Whole seconds from the real now until the instant of a column; 0 when it is over. */
export const secondsUntil = (column: string): RawBuilder<number> =>
  sql<number>`greatest(0, ceil(extract(epoch from ${sql.ref(column)} - ${realNow})))::int`

/** The calendar day in Berlin as 'YYYY-MM-DD'. */
export const berlinDay = (clock: Clock): RawBuilder<string> =>
  sql<string>`((${clock.sql} at time zone 'Europe/Berlin')::date)`

/** A stored real instant as the person's clock shows it. */
export function shown(clock: Clock, instant: Date): string {
  return new Date(instant.getTime() + clock.offsetSeconds * 1000).toISOString()
}
