// The office's MAC that tells the person's browser: your submission has really arrived (vault.md 8.2).
import { fromBase64url } from './base64url.ts'
import { type Bytes, label } from './bytes.ts'
import type { CaseKeys } from './case-secret.ts'
import { equalBytes } from './constant-time.ts'
import { hmacSha256 } from './hmac.ts'
import type { ReceiptFacts } from './receipt.ts'

/** The fields of the receipt that are acknowledged. */
export type Acknowledged = Pick<
  ReceiptFacts,
  'caseId' | 'round' | 'receiptNumber' | 'manifestSha256'
>

/** HMAC under K's acknowledgement key over `ep1/acknowledgement|case|round|Eingangsnummer|manifest digest`. */
export const acknowledgementMac = (
  receipt: Acknowledged,
  keys: Pick<CaseKeys, 'macKeys'>,
): Promise<Bytes> => {
  const { caseId, round, receiptNumber, manifestSha256 } = receipt
  const message = label('ep1/acknowledgement', caseId, round, receiptNumber, manifestSha256)
  return hmacSha256(keys.macKeys.acknowledgement, message)
}

/** True when the office, which alone knows K beside this browser, acknowledged this receipt. */
export const verifyAcknowledgement = async (
  receipt: Acknowledged,
  acknowledgement: string,
  keys: Pick<CaseKeys, 'macKeys'>,
): Promise<boolean> => {
  try {
    const given = fromBase64url(acknowledgement, 32)
    return equalBytes(given, await acknowledgementMac(receipt, keys))
  } catch {
    return false
  }
}
