// The office's keys: made at the first start, never overwritten, and the portal's file written from them once.
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { newSealingPair, type SealingPair } from '@einmal-pin/vault/age'
import { fromBase64url, toBase64url } from '@einmal-pin/vault/base64url'
import type { PublicSigningKey, SigningKey } from '@einmal-pin/vault/ed25519'
import { newSigningKey } from '@einmal-pin/vault/ed25519'
import { openFileKeyProvider } from '@einmal-pin/vault/file-key-provider-node'
import type { KeyProvider } from '@einmal-pin/vault/kek'
import { newOpaqueSetup } from '@einmal-pin/vault/opaque-issue'
import { newSecret, randomBytes } from '@einmal-pin/vault/random'
import { newReceiptKey } from '@einmal-pin/vault/receipt'
import {
  createSecretFile,
  readSecretFile,
  replaceSecretFile,
} from '@einmal-pin/vault/secret-file-node'
import { hasTexts, parseSecret, readOrMakeSecret } from './secret-json.ts'

export interface OfficeSecrets {
  readonly kek: KeyProvider
  /** Signs the courier's requests and the print bundles. */
  readonly signingKey: SigningKey
  /** Only the letter check's process signs with it. */
  readonly checkKey: SigningKey
  /** Opens the requests for a new PIN. */
  readonly requestPair: SealingPair
  readonly opaqueSetup: string
  readonly pepper: Uint8Array
  /** Pinned: a receipt of any other key is not the portal's. */
  readonly receiptKey: PublicSigningKey
  /** Bearer token of core systems. */
  readonly apiToken: string
  readonly cliToken: string
}

export interface SecretPlaces {
  readonly dataDir: string
  readonly officeSecretsDir: string
  readonly portalSecretsFile: string
  readonly publicUrl: string
}

const PRIVATE_FOLDER = 0o700

export async function loadOfficeSecrets(places: SecretPlaces): Promise<OfficeSecrets> {
  const folder = places.officeSecretsDir
  await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER })
  await mkdir(dirname(places.portalSecretsFile), { recursive: true, mode: PRIVATE_FOLDER })
  const kek = await openFileKeyProvider(join(folder, 'kek.json'))
  const signingKey = await readOrMakeSecret(
    join(folder, 'office-signing-key.json'),
    isSigningKey,
    newSigningKey,
  )
  const checkKey = await readOrMakeSecret(
    join(folder, 'letter-check-key.json'),
    isSigningKey,
    newSigningKey,
  )
  const requestPair = await readOrMakeSecret(
    join(folder, 'request-identity.json'),
    isSealingPair,
    newSealingPair,
  )
  const shared = await readOrMakeSecret(join(folder, 'opaque.json'), isShared, newShared)
  const receiptKey = await handOverToPortal(places, { signingKey, requestPair, shared })
  return {
    kek,
    signingKey,
    checkKey,
    requestPair,
    opaqueSetup: shared.opaqueSetup,
    pepper: fromBase64url(shared.pepper, 32),
    receiptKey,
    apiToken: await readToken(join(folder, 'api-token')),
    cliToken: await readToken(join(places.dataDir, 'cli-token')),
  }
}

const isSigningKey = (value: unknown): value is SigningKey =>
  hasTexts(value, 'keyId', 'publicKey', 'privateKey')
const isPublicKey = (
  value: unknown,
): value is PublicSigningKey & { readonly privateKey?: string } =>
  hasTexts(value, 'keyId', 'publicKey')
const isSealingPair = (value: unknown): value is SealingPair =>
  hasTexts(value, 'identity', 'recipient')

/** The only secrets that both zones know (design.md 2). */
type Shared = { readonly opaqueSetup: string; readonly pepper: string }
const isShared = (value: unknown): value is Shared => hasTexts(value, 'opaqueSetup', 'pepper')
const newShared = async (): Promise<Shared> => ({
  opaqueSetup: await newOpaqueSetup(),
  pepper: toBase64url(randomBytes(32)),
})

interface PortalParts {
  readonly signingKey: SigningKey
  readonly requestPair: SealingPair
  readonly shared: Shared
}

/**
 * Writes the portal's file and forgets the private half of the receipt key. A crash in between leaves that
 * half in the office until the next start, which goes on here. Later the file is the portal's own affair:
 * it may have been moved to another machine, so a missing one is not made again with another key.
 */
async function handOverToPortal(
  places: SecretPlaces,
  parts: PortalParts,
): Promise<PublicSigningKey> {
  const path = join(places.officeSecretsDir, 'receipt-key.json')
  const key = await readOrMakeSecret(path, isPublicKey, newReceiptKey)
  const { keyId, publicKey } = key
  if (!isSigningKey(key)) return { keyId, publicKey }
  const text = `${JSON.stringify(portalSecrets(places.publicUrl, parts, key), null, 2)}\n`
  const isFirst = await createSecretFile(places.portalSecretsFile, text)
  if (!isFirst) await requireSameReceiptKey(places.portalSecretsFile, keyId)
  await replaceSecretFile(path, `${JSON.stringify({ keyId, publicKey }, null, 2)}\n`)
  return { keyId, publicKey }
}

const portalSecrets = (publicOrigin: string, parts: PortalParts, receiptKey: SigningKey) => ({
  opaqueSetup: parts.shared.opaqueSetup,
  pepper: parts.shared.pepper,
  publicOrigin,
  officeKeys: [{ keyId: parts.signingKey.keyId, publicKey: parts.signingKey.publicKey }],
  requestRecipient: parts.requestPair.recipient,
  receiptKey,
})

/** A portal's file of another office is never taken over: its PINs and ours would not fit. */
async function requireSameReceiptKey(path: string, keyId: string): Promise<void> {
  const isPortalFile = (value: unknown): value is { receiptKey: PublicSigningKey } =>
    typeof value === 'object' &&
    value !== null &&
    'receiptKey' in value &&
    isPublicKey(value.receiptKey)
  const found = parseSecret(path, (await readSecretFile(path)) ?? '', isPortalFile)
  if (found.receiptKey.keyId === keyId) return
  throw new TypeError(
    `${path} belongs to another office: move it away or restore the office's keys`,
  )
}

/** A token is plain text with a line break, so that scripts can read it without a parser. */
async function readToken(path: string): Promise<string> {
  const text = await readSecretFile(path)
  if (text !== undefined) return text.trim()
  const made = newSecret()
  if (await createSecretFile(path, `${made}\n`)) return made
  return ((await readSecretFile(path)) ?? '').trim()
}
