// A wrapped key as one text column: the id of the KEK and the wrap.
import { fromBase64url, toBase64url } from '@einmal-pin/vault/base64url'
import type { Wrapped } from '@einmal-pin/vault/kek'
import { VaultError } from '@einmal-pin/vault/vault-error'

export const encodeWrap = ({ kekId, wrapped }: Wrapped): string =>
  `${kekId}:${toBase64url(wrapped)}`

/** Throws VaultError `kek.refused` for a missing or malformed wrap. */
export function decodeWrap(text: string | null): Wrapped {
  const [kekId, wrapped] = (text ?? '').split(':')
  if (kekId === undefined || wrapped === undefined) throw new VaultError('kek.refused')
  return { kekId, wrapped: fromBase64url(wrapped) }
}
