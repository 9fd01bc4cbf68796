// A finished letter leaves the office only sealed to the print centre (vault.md 9.2).
import { encryptFor } from './age.ts'
import type { Bytes } from './bytes.ts'

/** The PDF as an age file for the print centre's recipient. Throws VaultError `age.recipient`. */
export const sealLetter = (recipient: string, pdf: Uint8Array): Promise<Bytes> =>
  encryptFor(recipient, pdf)
