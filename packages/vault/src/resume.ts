// Lets a reload go on without the PIN: what lies in the tab's storage opens only in a live session.
import { aeadOpen, aeadSeal } from './aead.ts'
import { fromBase64url } from './base64url.ts'
import { type Bytes, label } from './bytes.ts'

// The resume key (32 random bytes, b64u) is made by the portal for one session and given out only to it.

/** AES-256-GCM under the resume key, AAD `ep1/resume|case|purpose`; the bytes for sessionStorage. */
export const encryptForResume = (
  resumeKey: string,
  bytes: Uint8Array,
  caseId: string,
  purpose: string,
): Promise<Bytes> => aeadSeal(fromBase64url(resumeKey, 32), bytes, aadOf(caseId, purpose))

/** Throws VaultError `resume.refused`: another session, another case, or altered storage. */
export const decryptForResume = async (
  resumeKey: string,
  sealed: Uint8Array,
  caseId: string,
  purpose: string,
): Promise<Bytes> =>
  aeadOpen(fromBase64url(resumeKey, 32), sealed, aadOf(caseId, purpose), 'resume.refused')

const aadOf = (caseId: string, purpose: string): Bytes => label('ep1/resume', caseId, purpose)
