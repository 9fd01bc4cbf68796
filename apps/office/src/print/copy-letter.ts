// The copy of a letter for the insurer's archive: PDF/A-2a, with dots for the PIN (domain.md 4.8).
import { problem } from '@einmal-pin/wire/problem'
import { type Actor, record } from '../audit/audit.ts'
import { LetterError, placeOf } from '../letters/letter-error.ts'
import { makeArchiveCopy } from '../letters/letter-workshop.ts'
import type { Office } from '../office.ts'

/** Set anew from what the letter said, with the templates of today. Throws `letter.noCopy`, or what setting it throws. */
export async function copyLetter(
  { database, clock, config }: Office,
  letterId: string,
  actor: Actor,
): Promise<Buffer> {
  const row = await database.kysely
    .selectFrom('letter_records')
    .select(['record', 'case_id'])
    .where('letter_id', '=', letterId)
    .executeTakeFirst()
  if (row === undefined) throw problem('letter.noCopy')
  const { pdf } = await makeArchiveCopy(row.record, { folder: config.lettersDir }).catch(
    (error: unknown) => {
      throw error instanceof LetterError ? problem(error.code, placeOf(error)) : error
    },
  )
  await database.transaction((transaction) =>
    record(transaction, clock, {
      ...{ actor, action: 'letter.copied', subject: row.case_id, detail: { letterId } },
    }),
  )
  return pdf
}
