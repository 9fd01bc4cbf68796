// The portal's secrets file, made by the office: OPAQUE setup, pepper and keys, checked before anything listens.
import { fromBase64url } from '@einmal-pin/vault/base64url'
import { readSecretFile } from '@einmal-pin/vault/secret-file-node'
import { type Static, Type } from 'typebox'
import { Check } from 'typebox/value'

const PublicKey = Type.Object({ keyId: Type.String(), publicKey: Type.String() })

const SecretsFile = Type.Object({
  opaqueSetup: Type.String({ minLength: 100 }),
  pepper: Type.String(),
  publicOrigin: Type.String(),
  officeKeys: Type.Array(PublicKey, { minItems: 1 }),
  requestRecipient: Type.String({ minLength: 1 }),
  receiptKey: Type.Object({
    keyId: Type.String(),
    publicKey: Type.String(),
    privateKey: Type.String(),
  }),
})

export type PortalSecrets = Omit<Static<typeof SecretsFile>, 'pepper'> & {
  readonly pepper: Uint8Array
}

/** Thrown with a plain sentence; never with a part of the file's content. */
export class SecretsError extends Error {
  override readonly name = 'SecretsError'
}

/** Undefined when there is no such file. Throws SecretsError, or VaultError when others may read it. */
export async function readSecrets(path: string): Promise<PortalSecrets | undefined> {
  const text = await readSecretFile(path)
  if (text === undefined) return undefined
  const content = parse(text)
  if (!Check(SecretsFile, content)) {
    throw new SecretsError(`${path} lacks a secret or has one in the wrong form`)
  }
  return { ...content, pepper: fromBase64url(content.pepper, 32) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
