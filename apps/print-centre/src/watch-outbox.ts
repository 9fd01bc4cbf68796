// Looks for new bundles again and again and prints each of them once.
import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import { BUNDLE_ID } from '@einmal-pin/wire/print-hand-over'
import { readOfficeKey } from './keys.ts'
import { type Printed, printBundle } from './print-bundle.ts'

const PAUSE_MILLISECONDS = 250

export interface WatchOptions {
  readonly dataDir: string
  readonly keyFolder: string
  readonly identity: string
  readonly today: () => CalendarDate
  readonly onPrinted: (bundleId: string, printed: Printed) => void
  readonly onError: (error: unknown) => void
  /** Ends the watch after the bundle that is being printed. */
  readonly signal: AbortSignal
}

/** Resolves when `signal` is aborted. A bundle with an error is tried again in the next round. */
export async function watchOutbox(options: WatchOptions): Promise<void> {
  while (!options.signal.aborted) {
    await printWaiting(options).catch(options.onError)
    await sleep(PAUSE_MILLISECONDS, undefined, { signal: options.signal }).catch(() => undefined)
  }
}

/** Prints what lies in the outbox without a report. Nothing happens before the office has introduced itself. */
export async function printWaiting(options: WatchOptions): Promise<void> {
  const { dataDir, keyFolder, identity, signal } = options
  const bundles = await waitingBundles(dataDir)
  if (bundles.length === 0) return
  const officeKey = await readOfficeKey(keyFolder)
  if (officeKey === undefined) return
  for (const bundleId of bundles) {
    if (signal.aborted) return
    const centre = { dataDir, keyFolder, identity, officeKey, today: options.today() }
    options.onPrinted(bundleId, await printBundle(centre, bundleId))
  }
}

async function waitingBundles(dataDir: string): Promise<string[]> {
  const names = await readdir(join(dataDir, 'outbox')).catch(() => [])
  const bundles = names.filter((name) => BUNDLE_ID.test(name)).sort()
  const waiting: string[] = []
  for (const bundleId of bundles) if (!(await hasReport(dataDir, bundleId))) waiting.push(bundleId)
  return waiting
}

async function hasReport(dataDir: string, bundleId: string): Promise<boolean> {
  const reports = [`${bundleId}.json`, `${bundleId}.refused.json`]
  const found = await Promise.all(
    reports.map((name) =>
      access(join(dataDir, 'print-status', name)).then(
        () => true,
        () => false,
      ),
    ),
  )
  return found.includes(true)
}
