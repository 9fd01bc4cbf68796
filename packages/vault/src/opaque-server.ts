// The portal's half of the login (OPAQUE, RFC 9807).
import { server } from '@serenity-kit/opaque'
import { opaqueReady } from './opaque-parameters.ts'

export type ServerLogin = {
  /** Secret: a row taken once, never a cookie, never sent to the client. */
  readonly serverLoginState: string
  readonly loginResponse: string
}

/**
 * Step 1. `identity` is the b64u identity digest as it came in; `record` is null for unknown identities, who
 * get an answer of the same length. Undefined when the request is malformed. Count the attempt
 * before calling this: the answer tells the client whether the PIN is right.
 */
export const startLogin = async (request: {
  readonly setup: string
  readonly identity: string
  readonly record: string | null
  readonly startLoginRequest: string
}): Promise<ServerLogin | undefined> => {
  await opaqueReady()
  try {
    return server.startLogin({
      serverSetup: request.setup,
      userIdentifier: request.identity,
      registrationRecord: request.record,
      startLoginRequest: request.startLoginRequest,
    })
  } catch {
    return undefined
  }
}

/** Step 2. True when the client has proved that it knows the PIN; false for everything else. */
export const finishLogin = async (request: {
  readonly serverLoginState: string
  readonly finishLoginRequest: string
}): Promise<boolean> => {
  await opaqueReady()
  try {
    return server.finishLogin({ ...request }).sessionKey !== ''
  } catch {
    return false
  }
}

/** The setup's public key (b64u), which browsers compare with the one that OPAQUE shows them. */
export const opaquePublicKey = async (setup: string): Promise<string> => {
  await opaqueReady()
  return server.getPublicKey(setup)
}
