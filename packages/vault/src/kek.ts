// The office's key-encryption key behind a small port: a file now, PKCS #11 or a KMS later.
import { type Bytes, label } from './bytes.ts'
import { type CaseSecret, caseSecretFrom } from './case-secret.ts'

/** Wraps small secrets under keys that never leave the provider. */
export type KeyProvider = {
  /** Id of the key that wraps new secrets; it is kept beside every wrap. */
  readonly currentId: string
  readonly wrap: (secret: Uint8Array, aad: Bytes) => Promise<Wrapped>
  /** Throws VaultError `kek.unknown` or `kek.refused`. */
  readonly unwrap: (wrapped: Wrapped, aad: Bytes) => Promise<Bytes>
}

export type Wrapped = { readonly kekId: string; readonly wrapped: Bytes }

/** The office's wrap of K, AAD `ep1/wrap/office|case`. Commit it before the case is published. */
export const wrapForOffice = (
  provider: KeyProvider,
  secret: CaseSecret,
  caseId: string,
): Promise<Wrapped> => provider.wrap(secret, label('ep1/wrap/office', caseId))

/** Every call is an audited act. Throws VaultError `kek.unknown` or `kek.refused`. */
export const unwrapForOffice = async (
  provider: KeyProvider,
  wrapped: Wrapped,
  caseId: string,
): Promise<CaseSecret> =>
  caseSecretFrom(await provider.unwrap(wrapped, label('ep1/wrap/office', caseId)))
