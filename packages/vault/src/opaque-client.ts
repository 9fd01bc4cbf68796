// The browser's half of the login (OPAQUE, RFC 9807).
import { client } from '@serenity-kit/opaque'
import { OPAQUE_STRETCHING, opaqueReady } from './opaque-parameters.ts'
import { VaultError } from './vault-error.ts'

export type ClientLogin = {
  /** Secret of this attempt; stays in memory between the two steps. */
  readonly clientLoginState: string
  readonly startLoginRequest: string
}

export type ClientLoginResult = {
  readonly finishLoginRequest: string
  /** 64 bytes as b64u, the same as at registration; opens the wrapped case secret (wrap.ts). */
  readonly exportKey: string
  readonly serverPublicKey: string
}

/** Step 1. `password` is the stretched PIN (stretch.ts, b64u). Call {@link opaqueReady} early. */
export const startLogin = async (password: string): Promise<ClientLogin> => {
  await opaqueReady()
  return client.startLogin({ password })
}

/**
 * Step 2. Undefined when the PIN is wrong, the identity unknown or the answer malformed: from here
 * they look the same. Throws VaultError `opaque.state` only when `clientLoginState` is not from step 1.
 */
export const finishLogin = async (attempt: {
  readonly clientLoginState: string
  readonly loginResponse: string
  readonly password: string
}): Promise<ClientLoginResult | undefined> => {
  await opaqueReady()
  if (attempt.clientLoginState === '') throw new VaultError('opaque.state')
  const result = tryFinish(attempt)
  if (result === undefined) return undefined
  const { finishLoginRequest, exportKey, serverStaticPublicKey } = result
  return { finishLoginRequest, exportKey, serverPublicKey: serverStaticPublicKey }
}

const tryFinish = (attempt: {
  readonly clientLoginState: string
  readonly loginResponse: string
  readonly password: string
}) => {
  try {
    return client.finishLogin({ ...attempt, keyStretching: OPAQUE_STRETCHING })
  } catch {
    return undefined
  }
}
