// The print centre opens letters whose bundle's signature it has verified before.
import { decryptWith } from './age.ts'
import type { Bytes } from './bytes.ts'
import { sha256Hex } from './digest.ts'
import { VaultError } from './vault-error.ts'

/**
 * The PDF of a sealed letter whose SHA-256 (hex) stands in the signed bundle. Throws VaultError
 * `letter.differs` or `seal.refused`.
 */
export const openLetter = async (
  identity: string,
  sealed: Uint8Array,
  sha256: string,
): Promise<Bytes> => {
  if ((await sha256Hex(sealed)) !== sha256) throw new VaultError('letter.differs')
  return decryptWith(identity, sealed)
}
