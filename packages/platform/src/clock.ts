// The one clock that decides: the database's, moved by `EP_CLOCK_OFFSET` in demonstrations and tests.
import { type Kysely, type RawBuilder, sql } from 'kysely'

export type Clock = {
  readonly offsetSeconds: number
  /** The instant at which the row is looked at; every mention asks anew. */
  readonly sql: RawBuilder<Date>
  /** The instant at which the statement begins to need it, once; lets a comparison use an index. */
  readonly sqlOnce: RawBuilder<Date>
  readonly now: <S>(db: Kysely<S>) => Promise<Date>
}

export function makeClock(offsetSeconds = 0): Clock {
  const expression =
    offsetSeconds === 0
      ? sql<Date>`clock_timestamp()`
      : sql<Date>`(clock_timestamp() + make_interval(secs => ${sql.lit(offsetSeconds)}))`
  return {
    offsetSeconds,
    sql: expression,
    sqlOnce: sql<Date>`(select ${expression})`,
    now: async (db) => {
      const { rows } = await sql<{ now: Date }>`select ${expression} as now`.execute(db)
      const [row] = rows
      if (row === undefined) throw new Error('the database told no time')
      return row.now
    },
  }
}

const DURATION =
  /^(?<sign>[+-])?P(?!$)(?:(?<weeks>\d{1,3})W)?(?:(?<days>\d{1,4})D)?(?:T(?=\d)(?:(?<hours>\d{1,5})H)?(?:(?<minutes>\d{1,6})M)?(?:(?<seconds>\d{1,8})S)?)?$/
const SECONDS = { weeks: 604_800, days: 86_400, hours: 3_600, minutes: 60, seconds: 1 } as const

/**
 * Seconds of an ISO 8601 duration such as `P32D`, `-PT5M` or `P1DT12H`; undefined if it is none.
 * Months and years are refused, for their length depends on the date.
 */
export function parseDuration(text: string): number | undefined {
  const groups = DURATION.exec(text)?.groups
  if (groups === undefined) return undefined
  const { weeks, days, hours, minutes, seconds, sign } = groups
  const parts = { weeks, days, hours, minutes, seconds }
  const total = Object.entries(SECONDS).reduce(
    (sum, [unit, length]) => sum + length * Number(parts[unit as keyof typeof SECONDS] ?? 0),
    0,
  )
  return sign === '-' ? -total : total
}
