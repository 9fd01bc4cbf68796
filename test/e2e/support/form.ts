// Filling in `bescheinigung-nachreichen` as a person does, from the task list to the receipt.
import { expect, type Locator, type Page } from '@playwright/test'

/** The text that appears only after the portal has answered. */
export const saved = (page: Page): Locator => page.getByText(/Gespeichert um \d\d:\d\d/)

/** Opens the only page of the form from the task list. */
export async function openForm(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Ihre Unterlagen', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Ihre Unterlagen' })).toBeVisible()
}

/** The part of the page that asks for one document. */
export const requested = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('region', { name })

export const remark = (page: Page): Locator => page.getByLabel(/Möchten Sie uns noch etwas/)

/** Says that no document can be shown, and why: a complete answer without an upload. */
export async function cannotShow(page: Page, why = 'Beim Umzug verloren'): Promise<void> {
  await page.getByLabel('Ich kann sie nicht vorlegen').check()
  await page.getByLabel('Warum können Sie die Unterlage nicht vorlegen?').fill(why)
}

/** From anywhere in the form to "Angaben prüfen". */
export async function goToCheck(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Weiter', exact: true }).click()
  await page.getByRole('button', { name: 'Angaben prüfen' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Angaben prüfen' })).toBeVisible()
}

export async function declare(page: Page): Promise<void> {
  await page.getByLabel('Ich selbst').check()
  await page.getByLabel(/Meine Angaben sind vollständig und richtig/).check()
}

export const sendButton = (page: Page): Locator =>
  page.getByRole('button', { name: 'Absenden', exact: true })

export const receiptHeading = (page: Page): Locator =>
  page.getByRole('heading', { level: 1, name: /eingegangen/ })

/** The number on the receipt that is shown. */
export async function receiptNumber(page: Page): Promise<string> {
  await expect(receiptHeading(page)).toBeVisible()
  const shown = page.getByText(/^\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
  return (await shown.textContent()) ?? ''
}

/** Everything from the task list to the receipt, without a document. Returns the Eingangsnummer. */
export async function fillAndSend(page: Page): Promise<string> {
  await openForm(page)
  await cannotShow(page)
  await goToCheck(page)
  await declare(page)
  await sendButton(page).click()
  return receiptNumber(page)
}
