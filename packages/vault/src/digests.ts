// The pseudonyms that stand for a person and a second factor at the login (design: "Digests").
import type { Kvnr } from '@einmal-pin/domain/kvnr'
import type { SecondFactor } from '@einmal-pin/domain/second-factor'
import { type Bytes, label } from './bytes.ts'
import { sha256 } from './digest.ts'

// Pseudonyms, not secrets: KVNRs can be enumerated. Never log them, store them only as HMAC under the
// pepper (pepper.ts). On the wire they are b64u of these 32 bytes.

/** SHA-256 of `ep1/id|KVNR|SS`; SS are the PIN's two selector digits. */
export const identityDigest = (kvnr: Kvnr, selector: string): Promise<Bytes> =>
  sha256(label('ep1/id', kvnr, selector))

/** SHA-256 of `ep1/card|KVNR|digits`; the last digits of the health card's number. */
export const cardDigest = (kvnr: Kvnr, digits: string): Promise<Bytes> =>
  sha256(label('ep1/card', kvnr, digits))

/** SHA-256 of `ep1/birth|KVNR|YYYYMMDD`; unknown day or month are 00. */
export const birthDigest = (kvnr: Kvnr, date: string): Promise<Bytes> =>
  sha256(label('ep1/birth', kvnr, date))

export const secondFactorDigest = (kvnr: Kvnr, factor: SecondFactor): Promise<Bytes> =>
  factor.kind === 'card' ? cardDigest(kvnr, factor.digits) : birthDigest(kvnr, factor.date)
