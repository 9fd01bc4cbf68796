// The office's half of OPAQUE: it makes the setup and registers PINs without the portal.
import { client, server } from '@serenity-kit/opaque'
import { OPAQUE_STRETCHING, opaqueReady } from './opaque-parameters.ts'

/** Both go different ways: the record to the portal, the export key into wrapForPin and nowhere else. */
export type Registration = { readonly record: string; readonly exportKey: string }

/** A new setup (128 bytes, b64u): one per portal, secret, never rotated as a routine. */
export const newOpaqueSetup = async (): Promise<string> => {
  await opaqueReady()
  return server.createSetup()
}

/** The public key (b64u) belonging to a setup. */
export const serverPublicKey = async (setup: string): Promise<string> => {
  await opaqueReady()
  return server.getPublicKey(setup)
}

/**
 * Registers a stretched PIN (`password`, b64u) for an identity digest (b64u). The office plays both
 * sides; the PIN itself never comes near this module.
 */
export const register = async (pin: {
  readonly setup: string
  readonly identity: string
  readonly password: string
}): Promise<Registration> => {
  await opaqueReady()
  const { setup: serverSetup, identity: userIdentifier, password } = pin
  const { clientRegistrationState, registrationRequest } = client.startRegistration({ password })
  const { registrationResponse } = server.createRegistrationResponse({
    serverSetup,
    userIdentifier,
    registrationRequest,
  })
  const { registrationRecord, exportKey } = client.finishRegistration({
    clientRegistrationState,
    registrationResponse,
    password,
    keyStretching: OPAQUE_STRETCHING,
  })
  return { record: registrationRecord, exportKey }
}
