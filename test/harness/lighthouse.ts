// Lighthouse on pages of a running installation, in a browser of its own that may be logged in to a case.
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import lighthouse from 'lighthouse'
import puppeteer from 'puppeteer-core'

export const CATEGORIES = ['accessibility', 'best-practices', 'performance'] as const
export type Category = (typeof CATEGORIES)[number]

/** Points from 0 to 100 per category, and the ids of the audits that cost some. */
export interface Verdict {
  readonly points: Readonly<Partial<Record<Category, number>>>
  readonly lost: readonly string[]
}

const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

export class LighthouseLab {
  /** The tab that is judged; what it has in its session storage stays from one page to the next. */
  readonly page: Page
  readonly #context: BrowserContext
  readonly #folder: string
  readonly #port: number

  private constructor(context: BrowserContext, page: Page, folder: string, port: number) {
    this.#context = context
    this.page = page
    this.#folder = folder
    this.#port = port
  }

  static async open(executablePath: string): Promise<LighthouseLab> {
    const folder = mkdtempSync(join(tmpdir(), 'ep-lighthouse-'))
    const port = await freePort()
    const context = await chromium.launchPersistentContext(folder, {
      executablePath,
      locale: 'de-DE',
      args: [...CHROMIUM_FLAGS, `--remote-debugging-port=${port}`],
    })
    const page = context.pages()[0] ?? (await context.newPage())
    return new LighthouseLab(context, page, folder, port)
  }

  /** Loads the address anew in the tab, as a phone would, and judges it. */
  async judge(url: string, categories: readonly Category[]): Promise<Verdict> {
    const browser = await puppeteer.connect({
      browserURL: `http://127.0.0.1:${this.#port}`,
      defaultViewport: null,
    })
    try {
      const [tab] = await browser.pages()
      // Lighthouse would do this itself, but forget the session along with it.
      const devtools = await tab?.createCDPSession()
      await devtools?.send('Network.clearBrowserCache')
      const flags = { onlyCategories: [...categories], disableStorageReset: true }
      const result = await lighthouse(url, { ...flags, logLevel: 'error' }, undefined, tab)
      if (result === undefined) throw new Error('Lighthouse has no result')
      return verdictOf(result.lhr, categories)
    } finally {
      await browser.disconnect()
    }
  }

  async close(): Promise<void> {
    await this.#context.close()
    await rm(this.#folder, { recursive: true, force: true })
  }
}

type Report = NonNullable<Awaited<ReturnType<typeof lighthouse>>>['lhr']

function verdictOf(report: Report, categories: readonly Category[]): Verdict {
  if (report.runtimeError !== undefined) throw new Error(report.runtimeError.message)
  const points = Object.fromEntries(
    categories.map((name) => [name, Math.round((report.categories[name]?.score ?? 0) * 100)]),
  )
  const counted = categories.flatMap((name) => report.categories[name]?.auditRefs ?? [])
  const lost = counted
    .filter(({ id, weight }) => weight > 0 && (report.audits[id]?.score ?? 1) < 1)
    .map(({ id }) => id)
  return { points, lost }
}
