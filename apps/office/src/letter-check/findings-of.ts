// What the letter check finds in an invented letter, for the tests.
import { expectedOf } from '../letters/expect-letter.ts'
import type { LetterInput } from '../letters/letter-input.ts'
import type { AnyLetterJob, Registered } from '../letters/letter-job.ts'
import { postedLetter } from '../letters/sample-pdf.ts'
import { openPdf } from './open-pdf.ts'
import { type Finding, verifyLetter } from './verify-letter.ts'

interface Ordered {
  /** Default: the letter itself. */
  readonly ordered?: LetterInput
  /** Folder with the templates. */
  readonly folder?: string
}

export async function findingsOf(
  letter: LetterInput,
  { ordered = letter, folder }: Ordered = {},
): Promise<readonly Finding[]> {
  const hasPin = letter.kind !== 'reminder'
  const secret = hasPin ? { caseSecret: new Uint8Array() } : {}
  const job = { caseId: 'c4k7m2q9x0ab', round: 1, letter: ordered, ...secret }
  const registered = { selector: '47', opaqueRecord: '', wrappedSecret: '' }
  const inPlace = hasPin ? (registered as Registered) : undefined
  const expected = {
    ...expectedOf(job as unknown as AnyLetterJob, inPlace, false),
    isSearched: true,
  }
  const read = await openPdf(postedLetter(letter, folder).pdf)
  try {
    return (await verifyLetter(read, expected)).findings
  } finally {
    read.close()
  }
}
