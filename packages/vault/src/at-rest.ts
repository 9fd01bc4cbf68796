// Everything that the office has decrypted lies sealed under one data key per case (vault.md 9.3).
import { aeadOpen, aeadSeal } from './aead.ts'
import { type Bytes, label } from './bytes.ts'
import { randomBytes } from './entropy.ts'
import type { KeyProvider, Wrapped } from './kek.ts'
import { VaultError } from './vault-error.ts'

declare const dataKeyBrand: unique symbol

/** 32 random bytes for one case. Deleting its wrap is the erasure of all that lies under it. */
export type DataKey = Bytes & { readonly [dataKeyBrand]: true }

/** A new data key and its wrap, AAD `ep1/wrap/data|case`. Only the wrap is stored. */
export const newDataKey = async (
  provider: KeyProvider,
  caseId: string,
): Promise<{ dataKey: DataKey; wrap: Wrapped }> => {
  const dataKey = randomBytes(32) as DataKey
  return { dataKey, wrap: await provider.wrap(dataKey, label('ep1/wrap/data', caseId)) }
}

/** Throws VaultError `kek.unknown` or `kek.refused`. */
export const unwrapDataKey = async (
  provider: KeyProvider,
  wrap: Wrapped,
  caseId: string,
): Promise<DataKey> => {
  const bytes = await provider.unwrap(wrap, label('ep1/wrap/data', caseId))
  if (bytes.length !== 32) throw new VaultError('kek.refused')
  return bytes as DataKey
}

/**
 * AES-256-GCM, AAD `ep1/at-rest|case|name`. The name (ASCII without `|` and blank, such as `answers` or a
 * document id) keeps one sealed thing of a case from being put in another's place.
 */
export const sealAtRest = (
  dataKey: DataKey,
  caseId: string,
  name: string,
  content: Uint8Array,
): Promise<Bytes> => aeadSeal(dataKey, content, atRestAad(caseId, name))

/** Throws VaultError `atRest.refused` when key, case, name or bytes do not fit. */
export const openAtRest = async (
  dataKey: DataKey,
  caseId: string,
  name: string,
  sealed: Uint8Array,
): Promise<Bytes> => aeadOpen(dataKey, sealed, atRestAad(caseId, name), 'atRest.refused')

export const atRestAad = (caseId: string, name: string): Bytes => label('ep1/at-rest', caseId, name)
