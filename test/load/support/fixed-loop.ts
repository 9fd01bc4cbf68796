// A fixed piece of work for a browser's main thread: what it takes says how fast the machine was in this very run.
import type { CDPSession, Page } from '@playwright/test'

const ROUNDS = 20_000_000

/** Milliseconds for the same twenty million steps of integer arithmetic, always. */
export const fixedLoop = (page: Page): Promise<number> =>
  page.evaluate((rounds) => {
    const begun = performance.now()
    let mixed = 1
    for (let round = 0; round < rounds; round += 1) mixed = (Math.imul(mixed, 31) + round) | 0
    // The result is used, so that no compiler leaves the loop out.
    return performance.now() - begun + (mixed === 0.5 ? 1 : 0)
  }, ROUNDS)

/** Slows the page's main thread down by DevTools; workers are not slowed. */
export async function slowDown(page: Page, rate: number): Promise<CDPSession> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate })
  return devtools
}
