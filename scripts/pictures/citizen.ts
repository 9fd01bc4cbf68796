// The citizen's pages: before the login, on a phone with documents, on a laptop with a form of several pages.
import { type Browser, expect, type Page } from '@playwright/test'
import { login } from '../../test/e2e/support/browser.ts'
import { answer, fillFamily, next, question } from '../../test/e2e/support/family.ts'
import {
  declare,
  goToCheck,
  openForm,
  receiptHeading,
  requested,
  saved,
  sendButton,
} from '../../test/e2e/support/form.ts'
import { phonePhoto } from '../../test/e2e/support/photo.ts'
import type { Letter } from '../../test/harness/desk.ts'
import { LAPTOP, openDevice, PHONE, shoot } from './shoot.ts'

const PUBLIC_PAGES = [
  ['information', '/'],
  ['login', '/anmelden'],
] as const

export async function publicPages(browser: Browser, publicUrl: string): Promise<void> {
  for (const [device, viewport, dark] of [
    ['phone', PHONE, false],
    ['phone-dark', PHONE, true],
    ['laptop', LAPTOP, false],
  ] as const) {
    const page = await openDevice(browser, viewport, dark)
    for (const [name, path] of PUBLIC_PAGES) {
      await page.goto(publicUrl + path)
      await shoot(page, `citizen-${name}-${device}`)
    }
    await page.close()
  }
}

const begin = (page: Page) => page.evaluate(() => window.scrollTo(0, 0))

async function sendAndShoot(page: Page, device: string): Promise<void> {
  await begin(page)
  await shoot(page, `citizen-check-${device}`)
  await declare(page)
  await sendButton(page).click()
  await expect(receiptHeading(page)).toBeVisible()
  await expect(page.getByText('Von Ihrer Krankenkasse bestätigt')).toBeVisible()
  await shoot(page, `citizen-receipt-${device}`)
}

/** One photo now, the other document later. */
export async function answerOnPhone(
  browser: Browser,
  publicUrl: string,
  letter: Letter,
): Promise<void> {
  const page = await openDevice(browser, PHONE)
  await login(page, publicUrl, letter)
  await shoot(page, 'citizen-tasks-phone')
  await openForm(page)
  const document = requested(page, /Rentenbescheid/)
  await document.getByLabel('Ja, ich lade sie jetzt hoch').check()
  const photo = { name: 'Rentenbescheid.jpg', mimeType: 'image/jpeg' }
  await document
    .getByLabel('Foto aufnehmen')
    .setInputFiles({ ...photo, buffer: await phonePhoto(page) })
  await expect(document.getByText('hochgeladen', { exact: true })).toBeVisible()
  const later = requested(page, /Studienbescheinigung/)
  await later.getByLabel('Ich kann sie nicht vorlegen').check()
  await later.getByLabel('Warum können Sie die Unterlage nicht vorlegen?').fill('Noch beantragt')
  await expect(saved(page)).toBeVisible()
  await document.evaluate((element) => element.scrollIntoView())
  await shoot(page, 'citizen-form-phone')
  await goToCheck(page)
  await sendAndShoot(page, 'phone')
  await page.close()
}

/** Two pages answered, one looked at with its errors, then everything; the first name is changed. */
export async function answerFamily(
  browser: Browser,
  publicUrl: string,
  letter: Letter,
): Promise<void> {
  const page = await openDevice(browser, LAPTOP)
  await login(page, publicUrl, letter)
  await fillFamily(page, 'Mia')
  await page.getByRole('link', { name: 'Neue Angehörige', exact: true }).click()
  await answer(page, /weitere Angehörige anmelden/, 'Ja')
  await next(page)
  await expect(page.locator('.summary')).toBeFocused()
  await begin(page)
  await shoot(page, 'citizen-form-laptop')
  await page.getByRole('link', { name: 'Zur Übersicht' }).click()
  await expect(page.getByText('4 von 5 Abschnitten ausgefüllt')).toBeVisible()
  await shoot(page, 'citizen-tasks-laptop')
  await page.getByRole('link', { name: 'Neue Angehörige', exact: true }).click()
  await question(page, /weitere Angehörige anmelden/)
    .getByLabel('Nein')
    .check()
  await page.getByRole('link', { name: 'Zur Übersicht' }).click()
  await page.getByRole('link', { name: 'Angaben zu Ihnen', exact: true }).click()
  await page.getByLabel('Ihr Vorname').fill('Eva-Maria')
  await page.getByRole('link', { name: 'Zur Übersicht' }).click()
  await page.getByRole('button', { name: 'Angaben prüfen' }).click()
  await sendAndShoot(page, 'laptop')
  await page.close()
}
