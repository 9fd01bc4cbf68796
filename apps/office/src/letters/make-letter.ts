// One letter from new PIN to finished PDF; runs inside the letter child only.
import { type Pin, secretDigitsOf, selectorOf } from '@einmal-pin/domain/pin'
import { fromBase64url, toBase64url } from '@einmal-pin/vault/base64url'
import { type CaseSecret, caseSecretFrom, deriveCaseKeys } from '@einmal-pin/vault/case-secret'
import { identityDigest, secondFactorDigest } from '@einmal-pin/vault/digests'
import { register } from '@einmal-pin/vault/opaque-issue'
import { pepperIdentity, pepperSecondFactor } from '@einmal-pin/vault/pepper'
import { newPin } from '@einmal-pin/vault/random'
import { sealJsonFrame } from '@einmal-pin/vault/seal-json'
import { stretchPin } from '@einmal-pin/vault/stretch'
import { argon2idNative } from '@einmal-pin/vault/stretch-node'
import { wrapForPin } from '@einmal-pin/vault/wrap'
import type { ChildSecrets, LetterJob, PlainLetterJob, Registered } from './letter-job.ts'
import { renderLetter } from './render-letter.ts'

/** The finished PDF, and what its PIN leaves behind. Whoever gets it passes the PDF on and fills it with zeros. */
export interface FinishedLetter {
  readonly pdf: Buffer
  readonly registered?: Registered
}

/**
 * The PIN lives in this call and in the PDF only. What can be zeroed is zeroed; strings are left to the end of the
 * process. Rejects with a LetterError, or with a VaultError when secrets or job are malformed.
 */
export async function makeLetter(
  job: LetterJob,
  secrets: ChildSecrets,
  folder?: string,
): Promise<FinishedLetter> {
  const secret = caseSecretFrom(job.caseSecret)
  const pin = newPin(job.takenSelectors)
  try {
    // The cheap refusals come first: a name that cannot be printed needs no Argon2id.
    const options = { copy: 'post', pin, ...(folder === undefined ? {} : { folder }) } as const
    const { pdf } = renderLetter(job.letter, options)
    const [record, pseudonyms, sealedPackage] = await Promise.all([
      registerPin(job, pin, secret, secrets),
      pseudonymsOf(job, pin, secrets),
      sealPackage(job, secret),
    ])
    const registered = { ...record, ...pseudonyms, sealedPackage, selector: selectorOf(pin) }
    return { pdf, registered }
  } finally {
    secret.fill(0)
    job.caseSecret.fill(0)
  }
}

/** A letter without a PIN. */
export function makePlainLetter({ letter }: PlainLetterJob, folder?: string): FinishedLetter {
  const place = folder === undefined ? {} : { folder }
  return { pdf: renderLetter(letter, { copy: 'plain', ...place }).pdf }
}

async function registerPin(job: LetterJob, pin: Pin, secret: CaseSecret, secrets: ChildSecrets) {
  const selector = selectorOf(pin)
  const identity = toBase64url(await identityDigest(job.kvnr, selector))
  const known = { kvnr: job.kvnr, selector, secretDigits: secretDigitsOf(pin) }
  const password = await stretchPin(argon2idNative, known)
  const { record, exportKey } = await register({ setup: secrets.opaqueSetup, identity, password })
  const wrappedSecret = await wrapForPin(exportKey, secret, job.caseId, job.round)
  return { opaqueRecord: record, wrappedSecret }
}

async function pseudonymsOf({ kvnr, secondFactors }: LetterJob, pin: Pin, secrets: ChildSecrets) {
  const pepper = fromBase64url(secrets.pepper, 32)
  const identity = await identityDigest(kvnr, selectorOf(pin))
  const factors = await Promise.all(
    secondFactors.map(async (factor) =>
      pepperSecondFactor(pepper, await secondFactorDigest(kvnr, factor)),
    ),
  )
  const identityHmac = toBase64url(await pepperIdentity(pepper, identity))
  return { identityHmac, secondFactorHmacs: factors.map(toBase64url) }
}

async function sealPackage(job: LetterJob, secret: CaseSecret): Promise<Uint8Array> {
  const { caseId, round, revision } = job
  const keys = await deriveCaseKeys(secret)
  return sealJsonFrame({ kind: 'package', caseId, round, revision, value: job.package, keys })
}
