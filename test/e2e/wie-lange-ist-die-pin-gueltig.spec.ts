// "Wie lange ist die PIN gültig?": day 31 after the letter date works, day 32 does not, in an open session neither.
import { addDays, calendarDateIn, formatGerman } from '@einmal-pin/domain/calendar-date'
import type { Page, Response } from '@playwright/test'
import { type Installation, startInstallation } from '../harness/installation.ts'
import { expect, expectTaskList, login, test, typeLogin } from './support/browser.ts'
import { openForm, remark, saved } from './support/form.ts'

let installation: Installation

test.beforeAll(async () => {
  installation = await startInstallation()
})
test.afterAll(() => installation.remove())

const isSave = (response: Response): boolean =>
  response.request().method() === 'PUT' && response.url().endsWith('/draft')

async function expectOver(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: /nicht mehr offen/ })).toBeVisible()
  await expect(page.getByRole('alert')).toContainText('abgelaufen')
  await expect(page.getByText('Am letzten Tag.')).toHaveCount(0)
  await expect.poll(() => page.evaluate(() => sessionStorage.length)).toBe(0)
}

test('day 31 works; on day 32 the PIN has expired, also for who is logged in', async ({
  page,
  newDevice,
}) => {
  const { publicUrl } = installation
  const letter = await installation.letter()
  const lastDay = formatGerman(addDays(calendarDateIn('Europe/Berlin', new Date()), 31))

  await login(page, publicUrl, letter)
  await openForm(page)
  await installation.moveClock('P31D')
  await remark(page).fill('Am letzten Tag.')
  await expect(saved(page)).toBeVisible()
  const another = await newDevice()
  await typeLogin(another, publicUrl, letter)
  await expectTaskList(another)
  await expect(
    another.getByText('Das ist heute. Nach Mitternacht geht es nicht mehr.'),
  ).toBeVisible()

  // Without a line over midnight, so that what is typed comes first and no look at the case tells before.
  await page.context().setOffline(true)
  await installation.moveClock('P32D')
  await remark(page).fill('Am Tag danach.')
  await expect(page.getByText(/Keine Verbindung/)).toBeVisible()
  const save = page.waitForResponse(isSave)
  await page.context().setOffline(false)
  expect((await save).status()).toBe(410)
  await expectOver(page)
  // The other device is only looked at.
  await expectOver(another)

  const late = await newDevice()
  await typeLogin(late, publicUrl, letter)
  await expect(late.getByText(/Die Einmal-PIN ist abgelaufen/)).toContainText(lastDay)
  await expect(late.getByRole('link', { name: 'Neue PIN bestellen', exact: true })).toBeVisible()
})
