// The case secret K and everything that is derived from it.
import { pairFromSeed } from './age.ts'
import { type Bytes, label, plain } from './bytes.ts'
import { randomBytes } from './entropy.ts'
import { hkdfSha256 } from './hmac.ts'
import { VaultError } from './vault-error.ts'

declare const caseSecretBrand: unique symbol

/** K: 32 random bytes of one case. Whoever knows it reads and writes everything of that case. */
export type CaseSecret = Bytes & { readonly [caseSecretBrand]: true }

export const CASE_SECRET_BYTES = 32

/** K from its bytes, for example after unwrapping. Throws VaultError `secret.length`. */
export const caseSecretFrom = (bytes: Uint8Array): CaseSecret => {
  if (bytes.length !== CASE_SECRET_BYTES) throw new VaultError('secret.length')
  return plain(bytes) as CaseSecret
}

export const newCaseSecret = (): CaseSecret => caseSecretFrom(randomBytes(CASE_SECRET_BYTES))

/** One MAC key per purpose, so that a draft can never pass for a submission. */
export type MacKeys = {
  readonly package: Bytes
  readonly draft: Bytes
  readonly submission: Bytes
  readonly acknowledgement: Bytes
}

/** All keys of a case. Plain data: it may be posted to a worker. Never given to the portal. */
export type CaseKeys = {
  readonly identity: string
  readonly recipient: string
  readonly macKeys: MacKeys
}

/** HKDF-SHA-256(K, info) for the seed of the age identity and for each MAC key (vault.md 5). */
export const deriveCaseKeys = async (secret: CaseSecret): Promise<CaseKeys> => {
  const derive = (info: string) => hkdfSha256(secret, label(info))
  const [seed, forPackage, draft, submission, acknowledgement] = await Promise.all([
    derive('ep1/identity'),
    derive('ep1/mac/package'),
    derive('ep1/mac/draft'),
    derive('ep1/mac/submission'),
    derive('ep1/mac/acknowledgement'),
  ])
  const macKeys = { package: forPackage, draft, submission, acknowledgement }
  return { ...(await pairFromSeed(seed)), macKeys }
}
