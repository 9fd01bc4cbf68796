// The signed receipt: the person's proof of what was sent and when (vault.md 8).
import { fromBase64url, toBase64url } from './base64url.ts'
import { type Bytes, label } from './bytes.ts'
import { type PublicSigningKey, type SigningKey, signEd25519, verifyEd25519 } from './ed25519.ts'

/** What the portal certifies. */
export type ReceiptFacts = {
  readonly caseId: string
  readonly round: number
  readonly receiptNumber: string
  /** Instant of the portal's database, ISO 8601 in UTC as `Date.toISOString` writes it. */
  readonly receivedAt: string
  /** SHA-256 (hex) of the sealed manifest's bytes. */
  readonly manifestSha256: string
}

export type Receipt = ReceiptFacts & { readonly keyId: string; readonly signature: string }

/** Made by the office; the private half goes to the portal, the public half is pinned. */
export { newSigningKey as newReceiptKey } from './ed25519.ts'

/** Ed25519 over `ep1/receipt|case|round|Eingangsnummer|time|manifest digest|key id`. */
export const signReceipt = async (facts: ReceiptFacts, key: SigningKey): Promise<Receipt> => {
  const { caseId, round, receiptNumber, receivedAt, manifestSha256 } = facts
  const receipt = { caseId, round, receiptNumber, receivedAt, manifestSha256, keyId: key.keyId }
  const signature = await signEd25519(key.privateKey, signedBytes(receipt))
  return { ...receipt, signature: toBase64url(signature) }
}

/** True when one of the keys (chosen by its id) signed exactly this receipt. Rejects when it cannot be told (`verifyEd25519`). */
export const verifyReceipt = async (
  receipt: Receipt,
  keys: readonly PublicSigningKey[],
): Promise<boolean> => {
  const key = keys.find(({ keyId }) => keyId === receipt.keyId)
  if (key === undefined) return false
  const parts = partsOf(receipt)
  return parts !== undefined && (await verifyEd25519(key.publicKey, parts.message, parts.signature))
}

/** Undefined when it is malformed, so that nobody can have signed it. */
const partsOf = (receipt: Receipt): { message: Bytes; signature: Bytes } | undefined => {
  try {
    return { message: signedBytes(receipt), signature: fromBase64url(receipt.signature, 64) }
  } catch {
    return undefined
  }
}

const signedBytes = (receipt: Omit<Receipt, 'signature'>): Bytes =>
  label(
    'ep1/receipt',
    receipt.caseId,
    receipt.round,
    receipt.receiptNumber,
    receipt.receivedAt,
    receipt.manifestSha256,
    receipt.keyId,
  )
