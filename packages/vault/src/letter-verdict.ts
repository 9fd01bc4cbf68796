// The letter check's word about one finished letter, signed, so that nothing leaves which it has not read.
import { fromBase64url, toBase64url } from './base64url.ts'
import { type Bytes, label } from './bytes.ts'
import { type SigningKey, signEd25519, verifyEd25519 } from './ed25519.ts'

/** What was read, and what was sealed from exactly those bytes. */
export type LetterVerdict = {
  readonly letterId: string
  /** Of the sealed letter, hex. */
  readonly sha256: string
  readonly pages: number
  /** Whether the PIN on the paper was tried and opened the registered record. */
  readonly sampled: boolean
}

/** `ep1/letter-verdict|letterId|sha256|pages|1 or 0`, none of which can hold a bar (vault.md 9.3). */
const message = ({ letterId, sha256, pages, sampled }: LetterVerdict): Bytes =>
  label('ep1/letter-verdict', letterId, sha256, String(pages), sampled ? '1' : '0')

/** Ed25519, b64u (86 characters). */
export const signVerdict = async (
  key: Pick<SigningKey, 'privateKey'>,
  verdict: LetterVerdict,
): Promise<string> => toBase64url(await signEd25519(key.privateKey, message(verdict)))

/** True when the check's key (public, b64u) signed exactly this. Never throws. */
export const verifyVerdict = async (
  publicKey: string,
  verdict: LetterVerdict,
  signature: string,
): Promise<boolean> => {
  try {
    return await verifyEd25519(publicKey, message(verdict), fromBase64url(signature, 64))
  } catch {
    return false
  }
}
