// The sizes and numbers that both sides of a message agree on.

export const MIB = 1024 * 1024

/** A photographed or chosen document, before sealing (design.md 6). */
export const MAX_DOCUMENT_BYTES = 25 * MIB
/** All documents of a case together, before sealing (design.md 6). */
export const MAX_CASE_BYTES = 100 * MIB
export const MAX_DOCUMENTS = 40
/** What the age header, its stanza and the chunk tags may add to one document. */
export const MAX_SEAL_OVERHEAD_BYTES = 64 * 1024
export const MIN_PART_BYTES = MIB
export const MAX_PART_BYTES = 4 * MIB

export const MAX_DRAFT_BYTES = 512 * 1024
export const MAX_ANSWERS_BYTES = 512 * 1024
export const MAX_MANIFEST_BYTES = 64 * 1024
export const MAX_DOCUMENT_META_BYTES = 8 * 1024
export const MAX_PACKAGE_BYTES = MIB
/** A sealed request for a new PIN: fixed padding plus the age envelope. */
export const MAX_PIN_REQUEST_BYTES = 8 * 1024
export const MAX_CSV_BYTES = 32 * MIB
/** One file of the print centre or the post room. */
export const MAX_LETTERS_IN_A_FILE = 100_000
export const MAX_LETTER_FILE_BYTES = 20 * MIB
