// Looks into a zone's database from outside, as an administrator or a thief would.
import pg from 'pg'
import type { Installation } from './installation.ts'

export type Row = Readonly<Record<string, unknown>>

/** Runs one statement in the database of a zone. */
export async function rows(
  { database }: Pick<Installation, 'database'>,
  zone: 'portal' | 'office',
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: database.url(zone) })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Row>(text, [...values])).rows
  } finally {
    await client.end()
  }
}
