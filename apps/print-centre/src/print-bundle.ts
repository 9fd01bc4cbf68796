// Prints one bundle: opens each letter, delivers it into the postbox, and writes down what became of it.
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import { openLetter } from '@einmal-pin/vault/letter-opening'
import { VaultError } from '@einmal-pin/vault/vault-error'
import type {
  BundleLetter,
  BundleManifest,
  LetterOutcome,
  PrintRefusal,
  PrintStatus,
} from '@einmal-pin/wire/print-hand-over'
import { checkBundle, type Refusal } from './check-bundle.ts'
import { isStopped } from './stop-list.ts'

export interface PrintCentre {
  readonly dataDir: string
  /** The centre's own folder: keys, and a book of what was printed. */
  readonly keyFolder: string
  /** The centre's own age identity. */
  readonly identity: string
  /** The office's public key, b64u. */
  readonly officeKey: string
  readonly today: CalendarDate
}

export type Printed =
  | { readonly ok: true; readonly letters: number }
  | { readonly ok: false; readonly refusal: PrintRefusal }

/**
 * Prints `${dataDir}/outbox/<bundleId>` and writes its report: all letters posted, or the bundle refused with a reason
 * and nothing of it delivered. A bundle that was printed before, and is handed over again, only gets its report again.
 */
export async function printBundle(centre: PrintCentre, bundleId: string): Promise<Printed> {
  const folder = join(centre.dataDir, 'outbox', bundleId)
  const book = join(centre.keyFolder, 'printed', `${bundleId}.json`)
  const earlier = await readFile(book, 'utf8').catch(() => undefined)
  if (earlier !== undefined) return reportAgain(centre, bundleId, earlier)
  const checked = await checkBundle(folder, bundleId, centre.officeKey)
  if (!checked.ok) return refuse(centre, bundleId, checked.error)
  const delivered: string[] = []
  const stopped = new Set<string>()
  for (const letter of checked.value.letters) {
    if (await isStopped(centre.dataDir, letter.letterId, centre.officeKey)) {
      stopped.add(letter.letterId)
      continue
    }
    const path = await deliver(centre, folder, letter)
    if (path === undefined) {
      await Promise.all(delivered.map((done) => rm(done, { force: true })))
      return refuse(centre, bundleId, { code: 'letter.sealed', letterId: letter.letterId })
    }
    delivered.push(path)
  }
  const status = statusOf(checked.value, stopped, centre.today)
  await writeWhole(book, reportBytes(status))
  await writeReport(centre.dataDir, `${bundleId}.json`, status)
  return { ok: true, letters: delivered.length }
}

async function reportAgain(
  centre: PrintCentre,
  bundleId: string,
  earlier: string,
): Promise<Printed> {
  const status = JSON.parse(earlier) as PrintStatus
  await writeReport(centre.dataDir, `${bundleId}.json`, status)
  return { ok: true, letters: status.letters.length }
}

/** The path in the postbox, or undefined when the letter was not sealed for this print centre. */
async function deliver(
  centre: PrintCentre,
  folder: string,
  letter: BundleLetter,
): Promise<string | undefined> {
  const pdf = await opened(centre.identity, join(folder, letter.file), letter.sha256)
  if (pdf === undefined) return undefined
  const path = join(centre.dataDir, 'postbox', `${letter.letterId}.pdf`)
  await writeWhole(path, pdf)
  pdf.fill(0)
  return path
}

async function opened(
  identity: string,
  file: string,
  sha256: string,
): Promise<Uint8Array | undefined> {
  try {
    return await openLetter(identity, await readFile(file), sha256)
  } catch (error) {
    if (error instanceof VaultError) return undefined
    throw error
  }
}

function statusOf(
  { bundleId, letters }: BundleManifest,
  stopped: ReadonlySet<string>,
  today: CalendarDate,
): PrintStatus {
  const outcomes = letters.map(({ letterId }): LetterOutcome => {
    if (stopped.has(letterId)) return { letterId, outcome: 'stopped' }
    return { letterId, outcome: 'posted', printedOn: today, postedOn: today }
  })
  return { bundleId, letters: outcomes }
}

async function refuse(centre: PrintCentre, bundleId: string, reason: Refusal): Promise<Printed> {
  const refusal = { bundleId, ...reason }
  await writeReport(centre.dataDir, `${bundleId}.refused.json`, refusal)
  return { ok: false, refusal }
}

function writeReport(
  dataDir: string,
  name: string,
  report: PrintStatus | PrintRefusal,
): Promise<void> {
  return writeWhole(join(dataDir, 'print-status', name), reportBytes(report))
}

function reportBytes(report: PrintStatus | PrintRefusal): Buffer {
  return Buffer.from(`${JSON.stringify(report)}\n`)
}

// Whole or not there: whoever looks into the folder never finds half a letter.
async function writeWhole(path: string, content: Uint8Array): Promise<void> {
  const folder = join(path, '..')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const temporary = `${path}.tmp`
  const file = await open(temporary, 'w', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, path)
  const entry = await open(folder, 'r')
  await entry.sync().finally(() => entry.close())
}
