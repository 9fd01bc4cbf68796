// Looks into a zone's database from outside, as an administrator or a thief would.
import pg from 'pg'

export type Row = Readonly<Record<string, unknown>>

/** Whatever knows where both databases are: an installation, or the address of one. */
export interface DatabaseUrls {
  readonly database: { readonly url: (zone: 'portal' | 'office') => string }
}

/** Runs one statement in the database of a zone. */
export async function rows(
  { database }: DatabaseUrls,
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
