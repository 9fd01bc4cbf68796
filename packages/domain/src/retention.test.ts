// Every retention period, to the millisecond, across clock changes where days are meant.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { CalendarDate } from './calendar-date.ts'
import {
  ciphertextPurgeBy,
  draftPurgeAt,
  erasesDraft,
  officeCopyPurgeAt,
  printFilePurgeAt,
  quarantinePurgeAt,
  tombstonePurgeAt,
  unfinishedDocumentPurgeAt,
} from './retention.ts'
import { expiresAt } from './validity.ts'

const noon = new Date('2026-11-23T12:00:00.000Z')
const lastDay = '2026-12-24' as CalendarDate

describe('retention', () => {
  const rows: [string, Date, string][] = [
    [
      'submitted ciphertext, 24 h after acknowledgement',
      ciphertextPurgeBy(noon),
      '2026-11-24T12:00:00.000Z',
    ],
    [
      'unfinished document, 24 h after its last part',
      unfinishedDocumentPurgeAt(noon),
      '2026-11-24T12:00:00.000Z',
    ],
    ['unsent draft, 7 days after expiry', draftPurgeAt(lastDay), '2026-12-31T23:00:00.000Z'],
    ['tombstone, 60 days after expiry', tombstonePurgeAt(lastDay), '2027-02-22T23:00:00.000Z'],
    [
      'quarantined submission, 90 days after sending',
      quarantinePurgeAt(noon),
      '2027-02-21T12:00:00.000Z',
    ],
    [
      'office copy, 30 days after the archive has it',
      officeCopyPurgeAt(noon),
      '2026-12-23T12:00:00.000Z',
    ],
    [
      'print files, 7 days after posting',
      printFilePurgeAt('2026-11-23' as CalendarDate),
      '2026-11-30T23:00:00.000Z',
    ],
    [
      'unsent draft over a clock change',
      draftPurgeAt('2026-10-20' as CalendarDate),
      '2026-10-27T23:00:00.000Z',
    ],
  ]
  for (const [name, actual, expected] of rows) {
    it(name, () => assert.equal(actual.toISOString(), expected))
  }

  it('counts the seven days of a draft from the expiry itself', () => {
    assert.equal((draftPurgeAt(lastDay).getTime() - expiresAt(lastDay).getTime()) / 86_400_000, 7)
  })

  it('deletes the draft at once when nobody may go on with it', () => {
    const reasons = ['death', 'wrongAddressee', 'answeredOnPaper', 'openedInError'] as const
    assert.deepEqual(reasons.map(erasesDraft), [true, true, false, false])
  })
})
