// What all three sides of OPAQUE must agree on (vault.md 4).
import { ready } from '@serenity-kit/opaque'

/**
 * OPAQUE's own stretching at the library's minimum: the password handed to it is already stretched
 * with Argon2id (stretch.ts). The same on registration and login, or no PIN ever fits.
 */
export const OPAQUE_STRETCHING = {
  'argon2id-custom': { memory: 8, iterations: 1, parallelism: 1 },
} as const

/** Lengths of the messages in b64u characters, for the schemas on the wire. */
export const START_LOGIN_REQUEST_LENGTH = 128
export const LOGIN_RESPONSE_LENGTH = 427
export const FINISH_LOGIN_REQUEST_LENGTH = 86
export const OPAQUE_RECORD_LENGTH = 256
export const EXPORT_KEY_BYTES = 64

/** Resolves when the WASM is compiled; call it early so that nobody waits for it at the login. */
export const opaqueReady = (): Promise<void> => ready
