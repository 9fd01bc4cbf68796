// Tries the PIN that is on the paper at the record that is about to be registered, as the person will.
import { type Pin, secretDigitsOf, selectorOf } from '@einmal-pin/domain/pin'
import { toBase64url } from '@einmal-pin/vault/base64url'
import { identityDigest } from '@einmal-pin/vault/digests'
import { stretchPin } from '@einmal-pin/vault/stretch'
import { argon2idNative } from '@einmal-pin/vault/stretch-node'
import { tryPin } from '@einmal-pin/vault/try-pin'
import { unwrapWithPin } from '@einmal-pin/vault/wrap'
import type { PinTrial } from './expected-letter.ts'

/** True when it opens the record, and the record's key opens the case secret. */
export async function opensRecord(pin: Pin, trial: PinTrial, setup: string): Promise<boolean> {
  const { kvnr, caseId, round, opaqueRecord: record, wrappedSecret } = trial
  const selector = selectorOf(pin)
  const known = { kvnr, selector, secretDigits: secretDigitsOf(pin) }
  const password = await stretchPin(argon2idNative, known)
  const identity = toBase64url(await identityDigest(kvnr, selector))
  const exportKey = await tryPin({ setup, identity, record, password })
  if (exportKey === undefined) return false
  const secret = await unwrapWithPin(exportKey, wrappedSecret, caseId, round).catch(() => undefined)
  secret?.fill(0)
  return secret !== undefined
}
