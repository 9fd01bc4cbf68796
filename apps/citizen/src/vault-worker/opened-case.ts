// The case secret in the worker's memory, and everything that is sealed and opened with it.
import { fromBase64url, toBase64url, toHex } from '@einmal-pin/vault/base64url'
import type { Bytes } from '@einmal-pin/vault/bytes'
import {
  type CaseKeys,
  type CaseSecret,
  caseSecretFrom,
  deriveCaseKeys,
} from '@einmal-pin/vault/case-secret'
import { contentDigestOf, sha256 } from '@einmal-pin/vault/digest'
import { decryptForResume, encryptForResume } from '@einmal-pin/vault/resume'
import { openJsonFrame, sealJsonFrame } from '@einmal-pin/vault/seal-json'
import type { OpenedJson, Place, SealedBytes } from './protocol.ts'

export interface OpenedCase extends Place {
  readonly secret: CaseSecret
  readonly keys: CaseKeys
}

const SECRET = 'secret'
const COPY = 'copy'

export async function openCase(place: Place, secret: CaseSecret): Promise<OpenedCase> {
  return { ...place, secret, keys: await deriveCaseKeys(secret) }
}

export async function sealedBytes(bytes: Bytes): Promise<SealedBytes> {
  const digest = await sha256(bytes)
  return { bytes, sha256: toHex(digest), contentDigest: contentDigestOf(digest) }
}

export async function openFrameOf(
  opened: OpenedCase,
  kind: 'package' | 'draft',
  bytes: Uint8Array,
): Promise<OpenedJson> {
  const { caseId, round, keys } = opened
  const { revision, value } = await openJsonFrame(bytes, { kind, caseId, round }, keys)
  return { revision, value }
}

export async function sealDraftOf(
  opened: OpenedCase,
  value: unknown,
  revision: number,
): Promise<SealedBytes> {
  const { caseId, round, keys } = opened
  return sealedBytes(await sealJsonFrame({ kind: 'draft', caseId, round, revision, value, keys }))
}

/** For this tab's storage; the resume key is given out only to the live session. */
export async function keepSecretOf(opened: OpenedCase, resumeKey: string): Promise<string> {
  return toBase64url(await encryptForResume(resumeKey, opened.secret, opened.caseId, SECRET))
}

export async function resumeCase(
  place: Place,
  kept: string,
  resumeKey: string,
): Promise<OpenedCase> {
  const bytes = await decryptForResume(resumeKey, fromBase64url(kept), place.caseId, SECRET)
  return openCase(place, caseSecretFrom(bytes))
}

export async function keepCopyOf(caseId: string, copy: unknown, resumeKey: string) {
  const bytes = new TextEncoder().encode(JSON.stringify(copy))
  return toBase64url(await encryptForResume(resumeKey, bytes, caseId, COPY))
}

export async function openCopyOf(caseId: string, kept: string, resumeKey: string) {
  const bytes = await decryptForResume(resumeKey, fromBase64url(kept), caseId, COPY)
  const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
  return value
}
