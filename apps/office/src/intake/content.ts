// What the office keeps of a submission in clear, sealed under the case's data key: answers, manifest and deviations.

import type { Answers } from '@einmal-pin/domain/form/answers'
import { openAtRest, sealAtRest, unwrapDataKey } from '@einmal-pin/vault/at-rest'
import { fromUtf8, utf8 } from '@einmal-pin/vault/bytes'
import type { KeyProvider } from '@einmal-pin/vault/kek'
import type { Manifest } from '@einmal-pin/vault/manifest'
import { decodeWrap } from '../secrets/wrap-text.ts'

/** A finding of the office's own check; a flag for the clerk, never a refusal. */
export interface Deviation {
  readonly path: string
  readonly code: string
  /** German. */
  readonly message: string
}

export interface SubmissionContent {
  readonly answers: Answers
  readonly manifest: Manifest
  readonly deviations: readonly Deviation[]
}

const NAME = 'submission'

/** Where the content is sealed: the case and the wrap of its data key. */
export interface ContentPlace {
  readonly caseId: string
  readonly dataKeyWrap: string | null
}

const dataKeyOf = (kek: KeyProvider, { caseId, dataKeyWrap }: ContentPlace) =>
  unwrapDataKey(kek, decodeWrap(dataKeyWrap), caseId)

export async function sealContent(
  kek: KeyProvider,
  place: ContentPlace,
  content: SubmissionContent,
): Promise<Buffer> {
  const key = await dataKeyOf(kek, place)
  return Buffer.from(await sealAtRest(key, place.caseId, NAME, utf8(JSON.stringify(content))))
}

/** Throws VaultError when the wrap is gone (erased) or bytes and key do not fit. */
export async function openContent(
  kek: KeyProvider,
  place: ContentPlace,
  sealed: Uint8Array,
): Promise<SubmissionContent> {
  const key = await dataKeyOf(kek, place)
  return JSON.parse(fromUtf8(await openAtRest(key, place.caseId, NAME, sealed)))
}
