// One letter from new PIN to sealed PDF; runs inside the letter child only.
import { type Pin, secretDigitsOf, selectorOf } from '@einmal-pin/domain/pin'
import { fromBase64url, toBase64url } from '@einmal-pin/vault/base64url'
import { type CaseSecret, caseSecretFrom, deriveCaseKeys } from '@einmal-pin/vault/case-secret'
import { sha256Hex } from '@einmal-pin/vault/digest'
import { identityDigest, secondFactorDigest } from '@einmal-pin/vault/digests'
import { sealLetter } from '@einmal-pin/vault/letter-seal'
import { register } from '@einmal-pin/vault/opaque-issue'
import { pepperIdentity, pepperSecondFactor } from '@einmal-pin/vault/pepper'
import { newPin } from '@einmal-pin/vault/random'
import { sealJsonFrame } from '@einmal-pin/vault/seal-json'
import { stretchPin } from '@einmal-pin/vault/stretch'
import { argon2idNative } from '@einmal-pin/vault/stretch-node'
import { wrapForPin } from '@einmal-pin/vault/wrap'
import type { LetterJob, LetterSecrets, MadeLetter } from './letter-job.ts'
import { renderLetter } from './render-letter.ts'

/**
 * The PIN lives in this call only. What can be zeroed is zeroed; strings are left to the end of the process. Rejects
 * with a LetterError, or with a VaultError when secrets or job are malformed.
 */
export async function makeLetter(
  job: LetterJob,
  secrets: LetterSecrets,
  folder?: string,
): Promise<MadeLetter> {
  const secret = caseSecretFrom(job.caseSecret)
  const pin = newPin(job.takenSelectors)
  try {
    // The cheap refusals come first: a name that cannot be printed needs no Argon2id.
    const printed = await printLetter(job, pin, secrets, folder)
    const [registered, pseudonyms, sealedPackage] = await Promise.all([
      registerPin(job, pin, secret, secrets),
      pseudonymsOf(job, pin, secrets),
      sealPackage(job, secret),
    ])
    return { ...printed, ...registered, ...pseudonyms, sealedPackage, selector: selectorOf(pin) }
  } finally {
    secret.fill(0)
    job.caseSecret.fill(0)
  }
}

async function printLetter(
  job: LetterJob,
  pin: Pin,
  { printCentreRecipient }: LetterSecrets,
  folder?: string,
) {
  const options = { copy: 'post', pin, ...(folder === undefined ? {} : { folder }) } as const
  const { pdf, pages } = renderLetter(job.letter, options)
  const sealedLetter = await sealLetter(printCentreRecipient, pdf)
  pdf.fill(0)
  return { sealedLetter, sha256: await sha256Hex(sealedLetter), pages }
}

async function registerPin(job: LetterJob, pin: Pin, secret: CaseSecret, secrets: LetterSecrets) {
  const selector = selectorOf(pin)
  const identity = toBase64url(await identityDigest(job.kvnr, selector))
  const known = { kvnr: job.kvnr, selector, secretDigits: secretDigitsOf(pin) }
  const password = await stretchPin(argon2idNative, known)
  const { record, exportKey } = await register({ setup: secrets.opaqueSetup, identity, password })
  const wrappedSecret = await wrapForPin(exportKey, secret, job.caseId, job.round)
  return { opaqueRecord: record, wrappedSecret }
}

async function pseudonymsOf({ kvnr, secondFactors }: LetterJob, pin: Pin, secrets: LetterSecrets) {
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
