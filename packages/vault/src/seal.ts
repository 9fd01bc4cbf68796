// Sealed frames: authenticated content inside an age file (vault.md 6).
import { decryptWith, encryptFor } from './age.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { type Bytes, concat, fromUtf8, label, utf8 } from './bytes.ts'
import type { CaseKeys, MacKeys } from './case-secret.ts'
import { equalBytes } from './constant-time.ts'
import { sha256Hex } from './digest.ts'
import { hmacSha256 } from './hmac.ts'
import { VaultError } from './vault-error.ts'

/** Which MAC key authenticates which kind: a draft can never pass for a submission. */
const MAC_KEY_OF = {
  package: 'package',
  draft: 'draft',
  'document-meta': 'draft',
  answers: 'submission',
  manifest: 'submission',
} as const satisfies Record<string, keyof MacKeys>

export type FrameKind = keyof typeof MAC_KEY_OF

/** What a frame says about itself; all of it is authenticated. */
export type FrameHeader = {
  readonly kind: FrameKind
  readonly caseId: string
  readonly round: number
  /** Publication number of a package, revision of a draft, 0 for document metadata. */
  readonly revision: number
}

/**
 * What the caller is ready to accept. Drafts and document metadata survive a new PIN, so for these
 * two kinds `round` is the highest round allowed; for all others it is the only one.
 */
export type ExpectedFrame = Omit<FrameHeader, 'revision'> & { readonly revision?: number }

export type OpenedFrame = {
  readonly round: number
  readonly revision: number
  readonly content: Bytes
}

/**
 * Seals content for the case: `{"ep":1,...,"mac":...}\n` + content, inside an age file for the case's
 * recipient. Not repeatable: sealing the same content again gives other bytes.
 */
export const sealFrame = async (
  frame: FrameHeader & {
    readonly content: Uint8Array
    readonly keys: Pick<CaseKeys, 'recipient' | 'macKeys'>
  },
): Promise<Bytes> => {
  const mac = await frameMac(frame, frame.content, frame.keys.macKeys)
  const plaintext = concat(headerLine(frame, toBase64url(mac)), frame.content)
  return encryptFor(frame.keys.recipient, plaintext)
}

/**
 * Opens a frame and gives its content only if it is authentic and what the caller expects. Throws
 * VaultError: `seal.refused` for everything that is not authentic (one code, no oracle), and for
 * authentic frames in the wrong place `seal.kind`, `seal.case`, `seal.round` or `seal.revision`.
 */
export const openFrame = async (
  file: Uint8Array,
  expected: ExpectedFrame,
  keys: Pick<CaseKeys, 'identity' | 'macKeys'>,
): Promise<OpenedFrame> => {
  const plaintext = await decryptWith(keys.identity, file)
  const { header, mac, content } = splitFrame(plaintext)
  const authentic = equalBytes(mac, await frameMac(header, content, keys.macKeys))
  if (!authentic) throw refused()
  refuseMisplaced(header, expected)
  return { round: header.round, revision: header.revision, content }
}

const refused = (): VaultError => new VaultError('seal.refused')

const refuseMisplaced = (header: FrameHeader, expected: ExpectedFrame): void => {
  if (header.kind !== expected.kind) throw new VaultError('seal.kind')
  if (header.caseId !== expected.caseId) throw new VaultError('seal.case')
  if (!roundFits(header, expected.round)) throw new VaultError('seal.round')
  if (expected.revision !== undefined && header.revision !== expected.revision) {
    throw new VaultError('seal.revision')
  }
}

const roundFits = ({ kind, round }: FrameHeader, expected: number): boolean =>
  MAC_KEY_OF[kind] === 'draft' ? round <= expected : round === expected

const frameMac = async (
  header: FrameHeader,
  content: Uint8Array,
  macKeys: MacKeys,
): Promise<Bytes> => {
  const { kind, caseId, round, revision } = header
  const digest = await sha256Hex(content)
  return hmacSha256(
    macKeys[MAC_KEY_OF[kind]],
    label('ep1/mac', kind, caseId, round, revision, digest),
  )
}

const headerLine = ({ kind, caseId, round, revision }: FrameHeader, mac: string): Bytes =>
  utf8(`${JSON.stringify({ ep: 1, kind, case: caseId, round, revision, mac })}\n`)

/** No honest header line is longer; a limit keeps the search for its end short. */
const HEADER_LIMIT = 300
const NEWLINE = 0x0a

type SplitFrame = { header: FrameHeader; mac: Bytes; content: Bytes }

/** Header and content of an opened frame. Authenticates nothing: that is the caller's. Throws `seal.refused`. */
export const splitFrame = (plaintext: Bytes): SplitFrame => {
  const end = plaintext.subarray(0, HEADER_LIMIT).indexOf(NEWLINE)
  if (end < 0) throw refused()
  const line = plaintext.subarray(0, end + 1)
  try {
    return { ...parseHeader(line), content: plaintext.subarray(end + 1) }
  } catch {
    throw refused()
  }
}

const parseHeader = (line: Bytes): { header: FrameHeader; mac: Bytes } => {
  const parsed: unknown = JSON.parse(fromUtf8(line))
  const { kind, case: caseId, round, revision, mac } = parsed as Record<string, unknown>
  if (!isKind(kind) || typeof caseId !== 'string' || typeof mac !== 'string') throw refused()
  if (!isCounter(round) || !isCounter(revision)) throw refused()
  const header = { kind, caseId, round, revision }
  // One spelling only: a header that we would not have written ourselves is not ours.
  if (!equalBytes(line, headerLine(header, mac))) throw refused()
  return { header, mac: fromBase64url(mac, 32) }
}

const isKind = (value: unknown): value is FrameKind =>
  typeof value === 'string' && Object.hasOwn(MAC_KEY_OF, value)

const isCounter = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0
