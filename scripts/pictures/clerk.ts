// The clerk's pages: inbox, a submission with a changed value, the case with its story.
import { type Browser, expect } from '@playwright/test'
import { loginAsClerk, openCase } from '../../test/e2e/support/clerk.ts'
import type { Letter } from '../../test/harness/desk.ts'
import { LAPTOP, openDevice, shoot } from './shoot.ts'

export async function clerkPages(
  browser: Browser,
  officeUrl: string,
  letter: Letter,
): Promise<void> {
  const page = await openDevice(browser, LAPTOP)
  await loginAsClerk(page, officeUrl)
  await expect(page.getByRole('row', { name: new RegExp(letter.person.lastName) })).toBeVisible()
  await shoot(page, 'clerk-inbox')
  await page.goto(`${officeUrl}/einsendung?id=${letter.caseId}`)
  await expect(page.getByText('geändert').first()).toBeVisible()
  await shoot(page, 'clerk-submission')
  await openCase(page, officeUrl, letter.caseId)
  await shoot(page, 'clerk-case')
  await page.close()
}
