// Hands letters over to the print centre as a signed bundle of sealed files, and takes back what became of them.
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { err, ok, type Result } from '@einmal-pin/domain/result'
import { signBundle } from '@einmal-pin/vault/bundle-signing'
import type { SigningKey } from '@einmal-pin/vault/ed25519'
import { newId } from '@einmal-pin/vault/random'
import {
  BUNDLE_ID,
  type BundleManifest,
  isPrintRefusal,
  isPrintStatus,
  type PrintRefusal,
  type PrintStatus,
} from '@einmal-pin/wire/print-hand-over'
import { renameDurably, syncFolder, writeDurably } from './durable-file.ts'
import { introduceOffice } from './print-centre-key.ts'
import { checkReport, listBundle } from './print-manifest.ts'

/** A letter as it lies in the office's database: sealed, with what the franking needs. */
export interface OutgoingLetter {
  /** `<caseId>-<round>`. */
  readonly letterId: string
  readonly caseId: string
  readonly round: number
  readonly sealed: Uint8Array
  /** SHA-256 of `sealed`, hex, from the letter child. */
  readonly sha256: string
  readonly pages: number
  readonly sampled: boolean
  /** The letter check's signature over id, digest, pages and trial. */
  readonly verdict: string
  readonly postcode: string
  readonly country: string
}

export interface Bundle {
  /** `newBundleId()`, or the id of an attempt that was broken off: the same bundle is then written again. */
  readonly bundleId: string
  readonly createdAt: Date
  /** Number of its first letter in the run. */
  readonly firstSeq: number
  /** Public half of the letter check's key, b64u. */
  readonly checkKey: string
  readonly letters: readonly OutgoingLetter[]
}

/** Begins with a letter, so that it never looks like a hidden file or an option. */
export function newBundleId(): string {
  return `b${newId()}`
}

/** A bundle that lies ready beside the outbox: nobody sees it before it is released. */
export interface PreparedBundle {
  readonly manifest: BundleManifest
  /** Shows the whole bundle to the print centre in one step, at once durable; releasing it again changes nothing. */
  readonly release: () => Promise<void>
}

/**
 * Writes the bundle's files, which takes its time, so that `release` is quick enough for a transaction that holds the letters' cases.
 * Call it only with letters whose record the portal has accepted. The signing key's public half is pinned at the print centre with
 * the first bundle.
 */
export async function prepareBundle(
  dataDir: string,
  bundle: Bundle,
  key: Pick<SigningKey, 'privateKey' | 'publicKey'>,
): Promise<PreparedBundle> {
  await introduceOffice(dataDir, key.publicKey)
  const { manifest, csv } = await listBundle(bundle)
  const target = folderOf(dataDir, bundle.bundleId)
  if (await isHandedOver(dataDir, bundle.bundleId)) return { manifest, release: async () => {} }
  const temporary = preparedFolderOf(dataDir, bundle.bundleId)
  await discardPrepared(dataDir, bundle.bundleId)
  await mkdir(temporary, { recursive: true, mode: 0o700 })
  for (const { letterId, sealed } of bundle.letters) {
    await writeDurably(join(temporary, `${letterId}.age`), sealed)
  }
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)
  await writeDurably(join(temporary, 'check.json'), checkReport(bundle))
  await writeDurably(join(temporary, 'manifest.csv'), csv)
  await writeDurably(join(temporary, 'manifest.json'), bytes)
  await writeDurably(join(temporary, 'manifest.sig'), `${await signBundle(key, bytes)}\n`)
  await syncFolder(temporary)
  const release = async () => {
    if (!(await isHandedOver(dataDir, bundle.bundleId))) await renameDurably(temporary, target)
  }
  return { manifest, release }
}

/**
 * Writes `${dataDir}/outbox/<bundleId>/`; the folder appears whole or not at all, and writing it again replaces nothing
 * that is there already.
 */
export async function writeBundle(
  dataDir: string,
  bundle: Bundle,
  key: Pick<SigningKey, 'privateKey' | 'publicKey'>,
): Promise<BundleManifest> {
  const { manifest, release } = await prepareBundle(dataDir, bundle, key)
  await release()
  return manifest
}

/** Removes what was prepared and will not be released. */
export const discardPrepared = (dataDir: string, bundleId: string): Promise<void> =>
  rm(preparedFolderOf(dataDir, bundleId), { recursive: true, force: true })

const preparedFolderOf = (dataDir: string, bundleId: string): string =>
  join(dataDir, 'outbox', `.tmp-${bundleId}`)

/** Whether the print centre can see the bundle: from then on nothing of it can be held back here. */
export const isHandedOver = (dataDir: string, bundleId: string): Promise<boolean> =>
  exists(join(folderOf(dataDir, bundleId), 'manifest.sig'))

function folderOf(dataDir: string, bundleId: string): string {
  if (!BUNDLE_ID.test(bundleId)) throw new RangeError('not a bundle id')
  return join(dataDir, 'outbox', bundleId)
}

/** What the print centre reports about one bundle: letters posted, or the whole bundle refused. */
export type PrintReport =
  | { readonly kind: 'posted'; readonly status: PrintStatus }
  | { readonly kind: 'refused'; readonly refusal: PrintRefusal }

/** Reads the text of a status or refusal file. */
export function parsePrintReport(text: string): Result<PrintReport, 'printStatus.format'> {
  const value = parsedJson(text)
  if (isPrintStatus(value)) return ok({ kind: 'posted', status: value })
  if (isPrintRefusal(value)) return ok({ kind: 'refused', refusal: value })
  return err('printStatus.format')
}

export interface ReportHandlers {
  /** Commits what became of the letters, true once all of the bundle are settled; called again for the same bundle after a crash, so it must be idempotent. */
  readonly onPosted: (status: PrintStatus) => Promise<boolean>
  /** Called in every round while the refused bundle lies there: it stays until somebody has looked. */
  readonly onRefused: (refusal: PrintRefusal) => Promise<void>
  /** A file that is no report; it stays where it is and is named in every round. */
  readonly onUnreadable: (file: string) => Promise<void>
}

/**
 * Takes in every report in `${dataDir}/print-status`. After `onPosted` the bundle is deleted, then the report: while a
 * bundle without a report exists, the print centre would print it again. Rejects with what a handler rejects with.
 */
export async function importPrintReports(dataDir: string, handlers: ReportHandlers): Promise<void> {
  const folder = join(dataDir, 'print-status')
  for (const file of await reportFiles(folder)) {
    const report = parsePrintReport(await readFile(join(folder, file), 'utf8'))
    if (!report.ok || bundleIdOf(report.value) !== file.replace(/(\.refused)?\.json$/, '')) {
      await handlers.onUnreadable(file)
    } else if (report.value.kind === 'refused') {
      await handlers.onRefused(report.value.refusal)
    } else {
      if (!(await handlers.onPosted(report.value.status))) continue
      const bundle = join(dataDir, 'outbox', report.value.status.bundleId)
      await rm(bundle, { recursive: true, force: true })
      await rm(join(folder, file))
    }
  }
}

function bundleIdOf(report: PrintReport): string {
  return report.kind === 'posted' ? report.status.bundleId : report.refusal.bundleId
}

async function reportFiles(folder: string): Promise<string[]> {
  const files = await readdir(folder).catch(() => [])
  return files.filter((file) => file.endsWith('.json') && !file.startsWith('.')).sort()
}

async function exists(path: string): Promise<boolean> {
  return readFile(path).then(
    () => true,
    () => false,
  )
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
