// The clerk at the office's web page.
import { expect, type Locator, type Page } from '@playwright/test'
import { visit } from './browser.ts'

export async function loginAsClerk(page: Page, officeUrl: string, name = 'Frau Sommer') {
  await visit(page, `${officeUrl}/anmelden`)
  await page.getByLabel('Ihr Name').fill(name)
  await page.getByRole('button', { name: 'Anmelden' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Posteingang' })).toBeVisible()
}

/** Opens the case page as if the link had been clicked. */
export async function openCase(page: Page, officeUrl: string, caseId: string): Promise<void> {
  await visit(page, `${officeUrl}/vorgang?id=${caseId}`)
  await expect(page.getByRole('heading', { name: 'Verlauf' })).toBeVisible()
}

/** Presses an action and answers its question with yes. */
export async function confirmAction(
  page: Page,
  action: string,
  prepare: (dialog: Locator) => Promise<void> = async () => {},
): Promise<void> {
  await page.getByRole('button', { name: action, exact: true }).click()
  const dialog = page.getByRole('dialog')
  await prepare(dialog)
  await dialog.getByRole('button', { name: action, exact: true }).click()
  await expect(dialog).toBeHidden()
}
