// When data must be gone (domain.md 4.8, design.md 7): each period once, with the function that applies it.
import { addDays, BERLIN, type CalendarDate, startOfDay } from './calendar-date.ts'
import type { RevocationReason } from './case.ts'

/** Portal: ciphertext of a submission, after the office acknowledged it with verified digests. */
export const SUBMITTED_CIPHERTEXT_HOURS = 24
/** Portal: a draft that was not sent, after the PIN's last day. */
export const UNSENT_DRAFT_DAYS = 7
/** Portal: state, date and receipt, which answer the right PIN plainly, after the PIN's last day. */
export const TOMBSTONE_DAYS = 60
/** Portal: the frozen ciphertext of a submission that does not verify, after it was sent. */
export const QUARANTINE_DAYS = 90
/** Portal: an unfinished document, after its last part. Its quota is released. */
export const UNFINISHED_DOCUMENT_HOURS = 24
/** Portal: backups. "Deleted" means at once in the running system and after these days in backups. */
export const PORTAL_BACKUP_DAYS = 7
/** Portal: the technical log, which holds pseudonyms only. */
export const TECHNICAL_LOG_DAYS = 60
/** Office: the decrypted case, after the archive's acknowledgement; then the archive's own periods hold. */
export const OFFICE_COPY_DAYS = 30
/** Print centre: print files, after posting. */
export const PRINT_FILE_DAYS = 7
/** Both zones: a blob without a row. */
export const ORPHANED_BLOB_HOURS = 24

const HOUR_MS = 3_600_000

function hoursAfter(instant: Date, hours: number): Date {
  return new Date(instant.getTime() + hours * HOUR_MS)
}

// A period in days after a calendar day ends like the PIN does: when the last of its days is over in Berlin.
function daysAfter(day: CalendarDate, days: number): Date {
  return startOfDay(addDays(day, days + 1), BERLIN)
}

/** The latest instant for the portal to delete what the office acknowledged at `acknowledgedAt`. */
export function ciphertextPurgeBy(acknowledgedAt: Date): Date {
  return hoursAfter(acknowledgedAt, SUBMITTED_CIPHERTEXT_HOURS)
}

/** From when an unsent draft and its documents are deleted. */
export function draftPurgeAt(lastDay: CalendarDate): Date {
  return daysAfter(lastDay, UNSENT_DRAFT_DAYS)
}

/**
 * Whether a revocation deletes draft and documents at once, because nobody may go on with them. Otherwise
 * they go with `draftPurgeAt`: a case may have been opened in error while the data come in anew on paper.
 */
export function erasesDraft(reason: RevocationReason): boolean {
  return reason === 'death' || reason === 'wrongAddressee'
}

/** From when the right PIN no longer hears anything about the case. */
export function tombstonePurgeAt(lastDay: CalendarDate): Date {
  return daysAfter(lastDay, TOMBSTONE_DAYS)
}

/** The latest instant for the portal to keep a submission that the office could not verify. */
export function quarantinePurgeAt(submittedAt: Date): Date {
  return hoursAfter(submittedAt, QUARANTINE_DAYS * 24)
}

/** From when a document that never became complete is deleted. */
export function unfinishedDocumentPurgeAt(lastPartAt: Date): Date {
  return hoursAfter(lastPartAt, UNFINISHED_DOCUMENT_HOURS)
}

/** From when the office's copy is erased by deleting the wrap of its data key. */
export function officeCopyPurgeAt(archivedAt: Date): Date {
  return hoursAfter(archivedAt, OFFICE_COPY_DAYS * 24)
}

/** From when the print centre's files of a posted letter are deleted. */
export function printFilePurgeAt(postedOn: CalendarDate): Date {
  return daysAfter(postedOn, PRINT_FILE_DAYS)
}
