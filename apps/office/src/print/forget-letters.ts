// Forgets letters that never left the house: the sealed PDF, and the words that a copy would be set from.
import { sql } from 'kysely'
import type { OfficeTransaction } from '../store/office-database.ts'

export async function forgetLetters(
  transaction: OfficeTransaction,
  letterIds: readonly string[],
): Promise<void> {
  await sql`delete from sealed_letters where letter_id = any(${[...letterIds]}::text[])`.execute(
    transaction,
  )
  await sql`delete from letter_records where letter_id = any(${[...letterIds]}::text[])`.execute(
    transaction,
  )
}
