// Sealed metadata beside each document: any device of the person can adopt the document (vault.md 7.1).
import type { Bytes } from './bytes.ts'
import type { CaseKeys } from './case-secret.ts'
import type { DocumentMeta } from './manifest.ts'
import { isDocumentMeta } from './manifest-shape.ts'
import { openJsonFrame, sealJsonFrame } from './seal-json.ts'
import { VaultError } from './vault-error.ts'

type Place = { readonly caseId: string; readonly round: number }

export const sealDocumentMeta = (
  meta: DocumentMeta,
  place: Place,
  keys: Pick<CaseKeys, 'recipient' | 'macKeys'>,
): Promise<Bytes> => {
  const { caseId, round } = place
  return sealJsonFrame({ kind: 'document-meta', caseId, round, revision: 0, value: meta, keys })
}

/**
 * Opens the metadata of the document that the portal lists under `id` and `sha256`. Throws what openJsonFrame
 * throws, `document.meta` for another shape and `document.differs` when it speaks of another file.
 */
export const openDocumentMeta = async (
  file: Uint8Array,
  listed: { readonly id: string; readonly sha256: string },
  place: Place,
  keys: Pick<CaseKeys, 'identity' | 'macKeys'>,
): Promise<DocumentMeta> => {
  const { caseId, round } = place
  const expected = { kind: 'document-meta', caseId, round, revision: 0 } as const
  const { value } = await openJsonFrame(file, expected, keys)
  if (!isDocumentMeta(value)) throw new VaultError('document.meta')
  if (value.id !== listed.id || value.sha256 !== listed.sha256) {
    throw new VaultError('document.differs')
  }
  return value
}
