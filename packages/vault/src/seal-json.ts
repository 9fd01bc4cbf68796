// Frames whose content is JSON: gzipped where the kind says so (vault.md 6).
import { type Bytes, fromUtf8, utf8 } from './bytes.ts'
import type { CaseKeys } from './case-secret.ts'
import { gunzip, gzip } from './gzip.ts'
import {
  type ExpectedFrame,
  type FrameHeader,
  type FrameKind,
  openFrame,
  sealFrame,
} from './seal.ts'
import { VaultError } from './vault-error.ts'

const GZIPPED = {
  package: true,
  draft: true,
  answers: true,
  'document-meta': false,
  manifest: false,
} as const satisfies Record<FrameKind, boolean>

export type OpenedJson = {
  readonly round: number
  readonly revision: number
  readonly value: unknown
}

/** Seals a JSON value as a frame. The value must survive JSON.stringify. */
export const sealJsonFrame = async (
  frame: FrameHeader & {
    readonly value: unknown
    readonly keys: Pick<CaseKeys, 'recipient' | 'macKeys'>
  },
): Promise<Bytes> => {
  const text = utf8(JSON.stringify(frame.value))
  const content = GZIPPED[frame.kind] ? await gzip(text) : text
  return sealFrame({ ...frame, content })
}

/**
 * Opens a frame of JSON. Throws what {@link openFrame} throws, and `gzip.tooLarge`, `gzip.malformed` or
 * `seal.json` when authentic content is not what its kind promises. The value's shape is the
 * caller's to check.
 */
export const openJsonFrame = async (
  file: Uint8Array,
  expected: ExpectedFrame,
  keys: Pick<CaseKeys, 'identity' | 'macKeys'>,
): Promise<OpenedJson> => {
  const { content, ...place } = await openFrame(file, expected, keys)
  const text = GZIPPED[expected.kind] ? await gunzip(content) : content
  return { ...place, value: parseJson(text) }
}

const parseJson = (text: Bytes): unknown => {
  try {
    return JSON.parse(fromUtf8(text))
  } catch {
    throw new VaultError('seal.json')
  }
}
