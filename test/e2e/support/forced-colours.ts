// With colours that the system forces: every control, tag and mark of the focus can still be seen.
import { expect, type Page } from '@playwright/test'

/** What has neither an edge nor is drawn by the browser itself: invisible once backgrounds are all the same. */
function look() {
  const isEdged = (one: Element): boolean => {
    const { borderStyle, borderWidth, outlineStyle } = getComputedStyle(one)
    const hasBorder = borderStyle !== 'none' && borderWidth !== '0px'
    return hasBorder || (outlineStyle !== 'none' && outlineStyle !== '')
  }
  const isSeen = (one: HTMLElement) => one.offsetWidth > 1 && one.offsetHeight > 1
  // The button inside of a file input is the browser's own.
  const isDrawn = (one: HTMLElement) =>
    one.matches('[type=file]') || getComputedStyle(one).appearance !== 'none'
  const isWritten = (one: Element) =>
    one.matches('a, summary, .link-button') && getComputedStyle(one).color !== ''
  const wanted = 'main input, main select, main textarea, main button, main .tag, main .notice'
  return [...document.querySelectorAll<HTMLElement>(wanted)]
    .filter((one) => isSeen(one) && !isWritten(one) && !isDrawn(one) && !isEdged(one))
    .map((one) => one.outerHTML.slice(0, 140))
}

/** Leaves the page as it was. */
export async function expectSeenInForcedColours(page: Page): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active' })
  expect(await page.evaluate(look), `forced colours, ${page.url()}`).toEqual([])
  await page.emulateMedia({ forcedColors: null })
}
