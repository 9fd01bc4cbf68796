// The office acknowledges: only after the submission has verified and every byte is durable.
import { type Acknowledged, acknowledgementMac } from './acknowledgement.ts'
import { toBase64url } from './base64url.ts'
import type { CaseKeys } from './case-secret.ts'

/** The acknowledgement as b64u (43 characters). */
export const makeAcknowledgement = async (
  receipt: Acknowledged,
  keys: Pick<CaseKeys, 'macKeys'>,
): Promise<string> => toBase64url(await acknowledgementMac(receipt, keys))
