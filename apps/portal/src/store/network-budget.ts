// A token bucket per network and purpose, as a row: generous, for shared addresses are normal, and there to stop floods only.
import type { Queryable } from '@einmal-pin/platform/database'
import { type RawBuilder, sql } from 'kysely'
import type { Sql } from './prepared.ts'
import type { PortalTables } from './schema.ts'
import { realNow } from './times.ts'

/** At most `burst` at once, `perMinute` in the long run. */
export type Budget = {
  readonly purpose: string
  readonly burst: number
  readonly perMinute: number
}

/** Takes one token; false when there is none left. */
export async function takeToken(
  db: Queryable<PortalTables>,
  network: string,
  budget: Budget,
): Promise<boolean> {
  const { rows } = await tokenTaken(network, budget).execute(db)
  return rows.length === 1
}

/** The one statement that decides: it returns a row if there was a token. */
export function tokenTaken(
  network: Sql<string>,
  budget: { readonly [Field in keyof Budget]: Sql<Budget[Field]> },
): RawBuilder<unknown> {
  const { purpose, burst, perMinute } = budget
  const available = sql<number>`least(${burst}::float8,
    b.tokens + extract(epoch from ${realNow} - b.refilled_at)::float8 * ${perMinute}::float8 / 60)`
  return sql`
    insert into network_budgets as b (network, purpose, tokens, refilled_at)
    values (${network}, ${purpose}, ${burst}::float8 - 1, ${realNow})
    on conflict (network, purpose) do update set tokens = ${available} - 1, refilled_at = ${realNow}
    where ${available} >= 1
    returning b.tokens`
}

/** A row that rested for a day is full again, whatever it held. */
export async function deleteFullBudgets(db: Queryable<PortalTables>): Promise<void> {
  await db
    .deleteFrom('network_budgets')
    .where('refilled_at', '<', sql<Date>`${realNow} - interval '1 day'`)
    .execute()
}
