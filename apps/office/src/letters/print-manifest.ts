// The list of a bundle, as JSON for programs and as CSV for the franking: sorted by postcode, numbered without a gap.
import { byDestination, frankingOf } from '@einmal-pin/domain/franking'
import { sha256Hex } from '@einmal-pin/vault/digest'
import type { BundleLetter, BundleManifest } from '@einmal-pin/wire/print-hand-over'
import type { Bundle, OutgoingLetter } from './print-bundle.ts'

const COLUMNS = [
  'batchId',
  'seq',
  'letterId',
  'sheets',
  'duplex',
  'envelope',
  'postcode',
  'country',
  'product',
] as const

/** The same letters always make the same lists: a bundle is written again after a crash. */
export async function listBundle(
  bundle: Bundle,
): Promise<{ readonly manifest: BundleManifest; readonly csv: Buffer }> {
  const { bundleId, createdAt, firstSeq } = bundle
  const letters = bundle.letters
    .toSorted((a, b) => byDestination(a, b) || (a.letterId < b.letterId ? -1 : 1))
    .map((letter, index) => listed(letter, firstSeq + index))
  const csv = Buffer.from(csvOf(bundleId, letters))
  const csvSha256 = await sha256Hex(csv)
  return { manifest: { bundleId, createdAt: createdAt.toISOString(), csvSha256, letters }, csv }
}

/** What the letter check has signed about each of these letters, for whoever wants to verify it (vault.md 9.3). */
export function checkReport({ bundleId, checkKey, letters }: Bundle): string {
  const verdicts = letters.map(({ letterId, sha256, pages, sampled, verdict }) => ({
    ...{ letterId, sha256, pages, sampled, verdict },
  }))
  return `${JSON.stringify({ bundleId, checkKey, letters: verdicts }, null, 1)}\n`
}

function listed(letter: OutgoingLetter, seq: number): BundleLetter {
  const { letterId, caseId, round, sha256, pages, postcode, country } = letter
  const sheets = Math.ceil(pages / 2)
  const place = { postcode, country, ...frankingOf(sheets, country) }
  return { seq, letterId, caseId, round, file: `${letterId}.age`, sha256, sheets, ...place }
}

/** RFC 4180 with a header line; the only free text, a postcode from abroad, is quoted. */
function csvOf(bundleId: string, letters: readonly BundleLetter[]): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const lines = letters.map((letter) =>
    COLUMNS.map((column) => {
      if (column === 'batchId') return bundleId
      return column === 'postcode' ? quoted(letter.postcode) : String(letter[column])
    }).join(','),
  )
  return `${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`
}
