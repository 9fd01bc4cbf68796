// Argon2id over the PIN, before OPAQUE: the same bytes in browser and office (vault.md 4).
import type { Kvnr } from '@einmal-pin/domain/kvnr'
import { toBase64url } from './base64url.ts'
import { type Bytes, label } from './bytes.ts'
import { identityDigest } from './digests.ts'

/** Argon2id 1.3 (RFC 9106). Memory in KiB, output in bytes. */
export type StretchParameters = {
  readonly memoryKiB: number
  readonly iterations: number
  readonly parallelism: number
  readonly length: number
}

/** Part of what a PIN is: changing any of them makes every issued PIN useless. */
export const STRETCH: StretchParameters = {
  memoryKiB: 32 * 1024,
  iterations: 3,
  parallelism: 1,
  length: 32,
}

/** An implementation of Argon2id; see stretch-node.ts and stretch-browser.ts. */
export type Argon2id = (
  password: Bytes,
  salt: Bytes,
  parameters: StretchParameters,
) => Promise<Uint8Array>

/** `ep1|KVNR|13 secret digits`: no check digit, which would only tell the same again. */
export const stretchInput = (kvnr: Kvnr, secretDigits: string): Bytes =>
  label('ep1', kvnr, secretDigits)

/**
 * The password for OPAQUE: b64u of Argon2id({@link stretchInput}, salt = identity digest). `secretDigits` are
 * the 13 of the PIN, `selector` its two.
 */
export const stretchPin = async (
  argon2id: Argon2id,
  pin: { readonly kvnr: Kvnr; readonly selector: string; readonly secretDigits: string },
): Promise<string> => {
  const salt = await identityDigest(pin.kvnr, pin.selector)
  return toBase64url(await argon2id(stretchInput(pin.kvnr, pin.secretDigits), salt, STRETCH))
}
