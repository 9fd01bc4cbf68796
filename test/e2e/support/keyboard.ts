// The keyboard as the only hand: Tab from thing to thing, the mark of the focus always on screen, keys for all else.
import { expect, type Page } from '@playwright/test'
import type { GivenFile, Hand } from './hand.ts'

/** More than any page has stops. */
const MANY = 160

interface Stop {
  readonly isThere: boolean
  readonly isMarked: boolean
  readonly what: string
}

/** Looks at what has the focus: is it the thing wanted, and can it be seen that it has the focus? */
const lookAt = (page: Page, selector: string): Promise<Stop> =>
  page.evaluate((wanted) => {
    const element = document.activeElement as HTMLInputElement | null
    const isMarked = (one: Element | null | undefined) => {
      if (one === null || one === undefined) return false
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
    }
    const standIns = [element, ...(element?.labels ?? []), element?.parentElement]
    return {
      isThere: element?.matches(wanted) ?? false,
      isMarked: element === document.body || standIns.some(isMarked),
      what: element?.outerHTML.slice(0, 120) ?? '',
    }
  }, selector)

/** Presses Tab until the thing has the focus. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  if ((await lookAt(page, selector)).isThere) return
  for (let stops = 0; stops < MANY; stops += 1) {
    await page.keyboard.press('Tab')
    const { isThere, isMarked, what } = await lookAt(page, selector)
    expect(isMarked, `the focus can be seen on ${what}`).toBe(true)
    if (isThere) return
  }
  throw new Error(`no Tab leads to ${selector}`)
}

/** Tab reaches one of the group, arrows the one wanted. */
async function choose(page: Page, name: string, value: string): Promise<void> {
  const group = `input[name="${name}"]`
  const wanted = `${group}[value="${value}"]`
  await tabTo(page, group)
  for (let arrows = 0; arrows < 40; arrows += 1) {
    if ((await lookAt(page, wanted)).isThere) {
      await page.keyboard.press('Space')
      return expect(page.locator(wanted)).toBeChecked()
    }
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`no arrow leads to ${wanted}`)
}

async function giveFile(page: Page, selector: string, file: GivenFile): Promise<void> {
  await tabTo(page, selector)
  const chooser = page.waitForEvent('filechooser')
  await page.keyboard.press('Space')
  await (await chooser).setFiles(file)
}

export const keyboardOnly = (page: Page): Hand => ({
  page,
  press: async (selector) => {
    await expect(page.locator(selector).first()).toBeVisible()
    await tabTo(page, selector)
    await page.keyboard.press('Enter')
  },
  type: async (selector, text) => {
    await expect(page.locator(selector)).toBeVisible()
    await tabTo(page, selector)
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type(text)
  },
  choose: (name, value) => choose(page, name, value),
  tick: async (selector) => {
    await tabTo(page, selector)
    await page.keyboard.press('Space')
    await expect(page.locator(selector)).toBeChecked()
  },
  giveFile: (selector, file) => giveFile(page, selector, file),
})
