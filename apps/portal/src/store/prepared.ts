// The hot statements: composed with Kysely once, then sent by name, so that neither this process nor PostgreSQL works them out again.
import type { Clock } from '@einmal-pin/platform/clock'
import type { Database } from '@einmal-pin/platform/database'
import { isConflict } from '@einmal-pin/platform/database-errors'
import { type RawBuilder, sql } from 'kysely'
import type { PortalTables } from './schema.ts'

/** A value or the place that it takes in a prepared statement. */
export type Sql<T> = T | RawBuilder<T>

export type Slots<Values> = { readonly [Name in keyof Values]: RawBuilder<Values[Name]> }

/** Stands for a value while the statement is composed. */
class Slot {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

type Source = Pick<Database<PortalTables>, 'kysely' | 'pool'>
type Composed = { readonly text: string; readonly order: readonly string[] }

/**
 * A statement under `name`, which must be unique in the process. `build` gets a slot for each of `names` and nothing else that varies.
 * Runs in a transaction of its own.
 */
export function prepare<Row extends object, Values extends Readonly<Record<string, unknown>>>(
  name: string,
  names: readonly (keyof Values & string)[],
  build: (slots: Slots<Values>) => RawBuilder<unknown>,
): (source: Source, values: Values) => Promise<readonly Row[]> {
  let composed: Composed | undefined
  return async ({ kysely, pool }, values) => {
    composed ??= compose(kysely, names, build)
    const { text, order } = composed
    const query = { name, text, values: order.map((slot) => values[slot]) }
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await pool.query<Row>(query)).rows
      } catch (error) {
        // As in a transaction of platform/database.ts: who lost a collision begins anew, nothing of it was written.
        if (!isConflict(error) || attempt === MAX_ATTEMPTS) throw error
      }
    }
  }
}

const MAX_ATTEMPTS = 5

function compose<Values>(
  kysely: Source['kysely'],
  names: readonly (keyof Values & string)[],
  build: (slots: Slots<Values>) => RawBuilder<unknown>,
): Composed {
  const slots = Object.fromEntries(names.map((slot) => [slot, sql`${new Slot(slot)}`]))
  const { sql: text, parameters } = build(slots as Slots<Values>).compile(kysely)
  const order = parameters.map((parameter) => {
    if (!(parameter instanceof Slot)) throw new Error('a prepared statement with a fixed value')
    return parameter.name
  })
  return { text, order }
}

/** Remembers what `make` made for each offset; a process has one clock, tests have several. */
export function perClock<T>(make: (clock: Clock) => T): (clock: Clock) => T {
  const made = new Map<number, T>()
  return (clock) => {
    const known = made.get(clock.offsetSeconds) ?? make(clock)
    made.set(clock.offsetSeconds, known)
    return known
  }
}
