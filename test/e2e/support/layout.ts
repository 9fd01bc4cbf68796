// Narrow screens and large text: nothing may stick out sideways.
import { expect, type Page } from '@playwright/test'

const NARROW = { width: 320, height: 640 }
/** 1280 pixels at 200 percent, which is how a browser zooms. */
const ZOOMED = { width: 640, height: 480 }

async function expectNoSidewaysScroll(page: Page, what: string): Promise<void> {
  const { inner, outer } = await page.evaluate(() => ({
    inner: document.documentElement.scrollWidth,
    outer: document.documentElement.clientWidth,
  }))
  expect(inner, `${what} at ${page.url()}`).toBeLessThanOrEqual(outer)
}

/** At 320 px, and with text twice as large. Leaves the page as it was. */
export async function expectFits(page: Page): Promise<void> {
  const before = page.viewportSize() ?? { width: 1280, height: 720 }
  await page.setViewportSize(NARROW)
  await expectNoSidewaysScroll(page, '320 px')
  await page.setViewportSize(ZOOMED)
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
  await expectNoSidewaysScroll(page, '200 % text')
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'))
  await page.setViewportSize(before)
}
