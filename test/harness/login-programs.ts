// What the login page loads of JavaScript and WASM, counted as the portal sends it to a client that takes gzip.
import { get } from 'node:http'
import type { Page, Route } from '@playwright/test'

const KILOBYTE = 1000

export const isProgram = (url: string): boolean => /\.(m?js|wasm)$/.test(new URL(url).pathname)

export interface LoginPrograms {
  /** Asked for before the form's button could be pressed. */
  readonly form: readonly string[]
  /** With everything that is loaded behind the form while somebody types, the cryptography included. */
  readonly all: readonly string[]
}

/** Opens the login page in a browser that has nothing of it yet, and sees what it waits for. */
export async function loadLoginPage(page: Page, origin: string): Promise<LoginPrograms> {
  const asked: Route[] = []
  let waiting: Route[] = []
  let isUsable = false
  await page.context().route(
    (url) => isProgram(url.href),
    async (route) => {
      asked.push(route)
      if (isUsable) await route.continue()
      else waiting.push(route)
    },
  )
  // The WASM comes last, from a worker whose loading the page's own quiet does not wait for.
  const wasm = page
    .context()
    .waitForEvent('requestfinished', (request) => request.url().endsWith('.wasm'))
  await page.goto(`${origin}/anmelden`, { waitUntil: 'commit' })
  const form = new Set<string>()
  const button = page.locator('form button[type=submit]')
  while (!isUsable) {
    // First what was asked for, then the look at the button: what it can do without is asked for once it is usable.
    const batch = waiting
    waiting = []
    isUsable = await button.isEnabled()
    if (!isUsable) for (const route of batch) form.add(route.request().url())
    await Promise.all(batch.map((route) => route.continue()))
  }
  await Promise.all(waiting.map((route) => route.continue()))
  await wasm
  await page.waitForLoadState('networkidle')
  return { form: [...form], all: [...new Set(asked.map((route) => route.request().url()))] }
}

/** Kilobytes over the line. */
export async function gzippedKilobytes(urls: Iterable<string>): Promise<number> {
  const sizes = await Promise.all([...new Set(urls)].map(gzippedSize))
  return sizes.reduce((sum, size) => sum + size, 0) / KILOBYTE
}

const gzippedSize = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.on('end', () => resolve(bytes))
    }).on('error', reject)
  })
