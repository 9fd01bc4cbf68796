// Documents as plain age files; their SHA-256 stands in authenticated metadata and in the manifest.
import {
  decryptStreamWith,
  decryptWith,
  encryptFor,
  encryptStreamFor,
  type SizedStream,
} from './age.ts'
import type { Bytes } from './bytes.ts'
import type { CaseKeys } from './case-secret.ts'
import { sha256Hex } from './digest.ts'
import { VaultError } from './vault-error.ts'

/** Seals a document (bytes) for the case. Not repeatable: keep the result until it is uploaded. */
export const sealDocument = (
  document: Uint8Array,
  keys: Pick<CaseKeys, 'recipient'>,
): Promise<Bytes> => encryptFor(keys.recipient, document)

/**
 * Opens a document whose ciphertext must have the given SHA-256 (hex, from authenticated metadata or
 * manifest): age alone authenticates nobody. Throws VaultError `document.differs` or `seal.refused`.
 */
export const openDocument = async (
  file: Uint8Array,
  sha256: string,
  keys: Pick<CaseKeys, 'identity'>,
): Promise<Bytes> => {
  if ((await sha256Hex(file)) !== sha256) throw new VaultError('document.differs')
  return decryptWith(keys.identity, file)
}

/** {@link sealDocument} for streams; `size(bytes of the document)` gives the bytes of the file. */
export const sealDocumentStream = (
  document: ReadableStream<Uint8Array>,
  keys: Pick<CaseKeys, 'recipient'>,
): Promise<SizedStream> => encryptStreamFor(keys.recipient, document)

/**
 * Opens a document as a stream. The caller must have compared the ciphertext's SHA-256 before, and must
 * use nothing of the output before the stream has ended without error.
 */
export const openDocumentStream = (
  file: ReadableStream<Uint8Array>,
  keys: Pick<CaseKeys, 'identity'>,
): Promise<ReadableStream<Uint8Array>> => decryptStreamWith(keys.identity, file)
