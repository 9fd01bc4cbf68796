// A portal's secrets file and the office's halves of its keys, for tests.
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { newSealingPair, type SealingPair } from '@einmal-pin/vault/age'
import { fromBase64url } from '@einmal-pin/vault/base64url'
import { newSigningKey, type SigningKey } from '@einmal-pin/vault/ed25519'
import { newOpaqueSetup } from '@einmal-pin/vault/opaque-issue'
import { newSecret } from '@einmal-pin/vault/random'
import { newReceiptKey } from '@einmal-pin/vault/receipt'
import { createSecretFile } from '@einmal-pin/vault/secret-file-node'
import { type PortalSecrets, readSecrets } from '../secrets.ts'

/** What the office knows: enough to issue cases and to sign requests. */
export type TestOfficeKeys = {
  readonly signingKey: SigningKey
  readonly requestPair: SealingPair
  readonly opaqueSetup: string
  readonly pepper: Uint8Array
}

/** Writes a new secrets file (0600) and returns both sides' view of it. */
export async function writeTestSecrets(
  path: string,
  publicOrigin: string,
): Promise<{ readonly secrets: PortalSecrets; readonly office: TestOfficeKeys }> {
  const [signingKey, requestPair, opaqueSetup, receiptKey] = await Promise.all([
    newSigningKey(),
    newSealingPair(),
    newOpaqueSetup(),
    newReceiptKey(),
  ])
  const pepper = newSecret()
  const { keyId, publicKey } = signingKey
  const content = {
    opaqueSetup,
    pepper,
    publicOrigin,
    officeKeys: [{ keyId, publicKey }],
    requestRecipient: requestPair.recipient,
    receiptKey,
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await createSecretFile(path, JSON.stringify(content))
  const secrets = await readSecrets(path)
  if (secrets === undefined) throw new Error('the secrets file was not written')
  return {
    secrets,
    office: { signingKey, requestPair, opaqueSetup, pepper: fromBase64url(pepper) },
  }
}
