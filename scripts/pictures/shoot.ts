// Sizes of the devices and where a picture goes.
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { ROOT } from '../paths.ts'

export const FOLDER = join(ROOT, 'docs/pictures')
export const PHONE = { width: 390, height: 844 }
export const LAPTOP = { width: 1280, height: 800 }

export const shoot = (page: Page, name: string) =>
  page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' })

export async function openDevice(
  browser: Browser,
  viewport: typeof PHONE,
  dark = false,
): Promise<Page> {
  const colorScheme = dark ? 'dark' : 'light'
  const context = await browser.newContext({
    ...{ viewport, colorScheme, locale: 'de-DE', timezoneId: 'Europe/Berlin' },
  })
  return context.newPage()
}
