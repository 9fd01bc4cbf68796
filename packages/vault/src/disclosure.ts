// Showing the sealed manifest to others without the case secret: its own key opens it and nothing else (vault.md 8.3).
import { decryptWithFileKey, fileKeyOf } from './age.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { fromUtf8, utf8 } from './bytes.ts'
import type { CaseKeys } from './case-secret.ts'
import { sha256Hex } from './digest.ts'
import type { PublicSigningKey } from './ed25519.ts'
import type { Manifest } from './manifest.ts'
import { isManifest } from './manifest-shape.ts'
import { type Receipt, verifyReceipt } from './receipt.ts'
import { splitFrame } from './seal.ts'
import { VaultError } from './vault-error.ts'

/** What a person hands to somebody who shall check: everything base64url or clear text. */
export type Disclosure = {
  readonly receipt: Receipt
  /** The sealed manifest, base64url. */
  readonly manifest: string
  /** The key of that one file, base64url. */
  readonly manifestKey: string
  /** The readable copy as it was when it was sent, byte for byte. */
  readonly copy: string
}

/** Why a disclosure proves nothing. */
export type DisclosureRefusal =
  /** The receipt is not signed by one of the keys. */
  | 'disclosure.signature'
  /** The manifest is not the one that the receipt names, or does not open. */
  | 'disclosure.manifest'
  /** The readable copy is not the one that was sent. */
  | 'disclosure.copy'

export const copyDigest = (copy: string): Promise<string> => sha256Hex(utf8(copy))

/** The manifest's own key. Throws VaultError `seal.refused` when it is not of this case. */
export const manifestKeyOf = async (
  manifest: Uint8Array,
  { identity }: Pick<CaseKeys, 'identity'>,
): Promise<string> => toBase64url(await fileKeyOf(identity, manifest))

/**
 * The manifest if receipt, manifest and copy belong together and one of the keys signed. Throws VaultError with a
 * {@link DisclosureRefusal}; rejects otherwise only when a signature cannot be checked here (`verifyReceipt`).
 */
export const checkDisclosure = async (
  { receipt, manifest, manifestKey, copy }: Disclosure,
  keys: readonly PublicSigningKey[],
): Promise<Manifest> => {
  if (!(await verifyReceipt(receipt, keys))) throw new VaultError('disclosure.signature')
  const opened = await openedManifest(receipt, manifest, manifestKey)
  if (opened.copySha256 !== (await copyDigest(copy))) throw new VaultError('disclosure.copy')
  return opened
}

const openedManifest = async (
  receipt: Receipt,
  manifest: string,
  manifestKey: string,
): Promise<Manifest> => {
  try {
    const sealed = fromBase64url(manifest)
    const isNamed = (await sha256Hex(sealed)) === receipt.manifestSha256
    const plaintext = await decryptWithFileKey(fromBase64url(manifestKey), sealed)
    const value: unknown = JSON.parse(fromUtf8(splitFrame(plaintext).content))
    if (isNamed && isManifest(value) && value.caseId === receipt.caseId) return value
  } catch {
    // Whatever is wrong with it, it is not what was signed.
  }
  throw new VaultError('disclosure.manifest')
}
