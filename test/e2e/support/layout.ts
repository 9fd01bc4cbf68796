// Narrow screens, large text and wide spacing: nothing may stick out sideways, nothing may be cut off.
import { expect, type Page } from '@playwright/test'

const NARROW = { width: 320, height: 640 }
/** 1280 pixels at 200 percent, which is how a browser zooms. */
const ZOOMED = { width: 640, height: 480 }

/** WCAG 2.2, 1.4.12: spacing that a reader may set without losing anything. */
const SPACING =
  '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }'

/** How far the page goes sideways, and the texts that their own box cuts off. */
function look() {
  const { scrollWidth, clientWidth } = document.documentElement
  const cut = [...document.querySelectorAll<HTMLElement>('body *')].filter((element) => {
    const { overflowX, overflowY } = getComputedStyle(element)
    const hides = (way: string) => way === 'hidden' || way === 'clip'
    const tooWide = hides(overflowX) && element.scrollWidth > element.clientWidth + 1
    const tooHigh = hides(overflowY) && element.scrollHeight > element.clientHeight + 1
    const isSeen = element.clientWidth > 1 && element.clientHeight > 1
    return isSeen && (tooWide || tooHigh) && (element.textContent ?? '').trim() !== ''
  })
  return { beyond: scrollWidth - clientWidth, cut: cut.map((one) => one.outerHTML.slice(0, 120)) }
}

async function expectWhole(page: Page, what: string): Promise<void> {
  const { beyond, cut } = await page.evaluate(look)
  expect(beyond, `${what} at ${page.url()}: pixels beyond the edge`).toBeLessThanOrEqual(0)
  expect(cut, `${what} at ${page.url()}: cut off`).toEqual([])
}

/** At 320 px, there with wide spacing and written from right to left as well, and with text twice as large. Leaves the page as it was. */
export async function expectFits(page: Page): Promise<void> {
  const before = page.viewportSize() ?? { width: 1280, height: 720 }
  await page.setViewportSize(NARROW)
  await expectWhole(page, '320 px')
  await page.evaluate((css) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    document.adoptedStyleSheets = [sheet]
  }, SPACING)
  await expectWhole(page, 'wide spacing at 320 px')
  await page.evaluate(() => {
    document.adoptedStyleSheets = []
    document.documentElement.dir = 'rtl'
  })
  await expectWhole(page, 'from right to left at 320 px')
  await page.evaluate(() => document.documentElement.removeAttribute('dir'))
  await page.setViewportSize(ZOOMED)
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
  await expectWhole(page, '200 % text')
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'))
  await page.setViewportSize(before)
}
