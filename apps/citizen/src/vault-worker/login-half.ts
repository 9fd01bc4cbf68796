// The worker's half of the login; loaded only when somebody logs in.
import { secretDigitsOf, selectorOf } from '@einmal-pin/domain/pin'
import { toBase64url } from '@einmal-pin/vault/base64url'
import { identityDigest, secondFactorDigest } from '@einmal-pin/vault/digests'
import { finishLogin, startLogin } from '@einmal-pin/vault/opaque-client'
import { opaqueReady } from '@einmal-pin/vault/opaque-parameters'
import { stretchPin } from '@einmal-pin/vault/stretch'
import { argon2idWasm } from '@einmal-pin/vault/stretch-browser'
import type { LoginData } from '../login/fields.ts'
import type { LoginOpening } from './protocol.ts'

export { opaqueReady }

/** One login on its way: what must be remembered between the two answers of the portal. */
export interface Attempt {
  readonly password: string
  readonly clientLoginState: string
}

export async function beginLogin(
  data: LoginData,
): Promise<{ attempt: Attempt; opening: LoginOpening }> {
  const selector = selectorOf(data.pin)
  const [password, identity, secondFactor] = await Promise.all([
    stretchPin(argon2idWasm, {
      kvnr: data.kvnr,
      selector,
      secretDigits: secretDigitsOf(data.pin),
    }),
    identityDigest(data.kvnr, selector),
    secondFactorDigest(data.kvnr, data.factor),
  ])
  const { clientLoginState, startLoginRequest } = await startLogin(password)
  return {
    attempt: { password, clientLoginState },
    opening: {
      identity: toBase64url(identity),
      secondFactor: toBase64url(secondFactor),
      startLoginRequest,
    },
  }
}

export const endLogin = (attempt: Attempt, loginResponse: string) =>
  finishLogin({ ...attempt, loginResponse })
