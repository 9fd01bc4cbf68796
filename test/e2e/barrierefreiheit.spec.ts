// Every page for everybody: axe at WCAG 2.2 AA and best practice, light and dark, valid HTML, 320 px, 200 % text, wide spacing, with errors shown.

import { expectAccessible } from './support/axe.ts'
import { expect, login, loginButton, test, typeLogin } from './support/browser.ts'
import { PREFIXES, publicPages } from './support/built-pages.ts'
import { expectSeenInForcedColours } from './support/forced-colours.ts'
import {
  cannotShow,
  declare,
  goToCheck,
  openForm,
  receiptHeading,
  sendButton,
} from './support/form.ts'
import { expectFits } from './support/layout.ts'
import { tryLogin, wrongPin } from './support/login-mistakes.ts'
import { expectGoodMarkup } from './support/markup.ts'

for (const [language, prefix] of Object.entries(PREFIXES)) {
  test(`public pages in ${language}`, async ({ page, desk }) => {
    const paths = publicPages(prefix)
    expect(paths.length).toBeGreaterThanOrEqual(7)
    for (const path of paths) {
      await page.goto(`${desk.publicUrl}${path}`)
      await expectAccessible(page)
      await expectFits(page)
      await expectSeenInForcedColours(page)
    }
  })

  test(`a case from the login to the receipt in ${language}`, async ({ page, desk }) => {
    const letter = await desk.letter()
    await login(page, desk.publicUrl, letter)
    const open = async (path: string) => {
      await page.goto(`${desk.publicUrl}${prefix}${path}`)
      await expect(page.locator('main form, main section').first()).toBeVisible()
    }
    const check = async () => {
      await expectAccessible(page)
      await expectGoodMarkup(page)
      await expectFits(page)
    }
    await open('/vorgang')
    await check()
    await open('/vorgang/formular')
    await page.locator('main form button[type=submit]').click()
    await expect(page.locator('.summary')).toBeFocused()
    await check()
    await open('/vorgang/pruefen')
    await page.locator('main form button[type=submit]').click()
    await expect(page.locator('.summary')).toBeFocused()
    await check()
    await page.goto(`${desk.publicUrl}/vorgang`)
    await openForm(page)
    await cannotShow(page)
    await goToCheck(page)
    await declare(page)
    await sendButton(page).click()
    await expect(receiptHeading(page)).toBeVisible()
    await open('/vorgang/gesendet')
    await check()
  })
}

test('the login with errors, a refusal and a pause', async ({ page, desk }) => {
  const letter = await desk.letter()
  await page.goto(`${desk.publicUrl}/anmelden`)
  await loginButton(page).click()
  await expect(page.getByRole('region', { name: /Bitte prüfen Sie/ })).toBeFocused()
  for (const where of await page.getByText('Wo finde ich das?').all()) await where.click()
  await expectAccessible(page)
  await expectFits(page)
  await typeLogin(page, desk.publicUrl, letter, { pin: wrongPin(letter) })
  await expect(page.getByText(/Eine der Angaben stimmt nicht/)).toBeVisible()
  for (let tries = 2; tries <= 5; tries += 1) await tryLogin(page)
  await expect(page.getByRole('timer')).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
})

test('not logged in', async ({ page, desk }) => {
  await page.goto(`${desk.publicUrl}/vorgang`)
  await expect(page.getByRole('heading', { name: 'Sie sind nicht angemeldet' })).toBeVisible()
  await expectAccessible(page)
  await expectFits(page)
})

test('on a phone every page begins at its heading', async ({ page, desk }) => {
  await page.setViewportSize({ width: 390, height: 700 })
  const letter = await desk.letter()
  const heading = page.getByRole('heading', { level: 1 })
  await login(page, desk.publicUrl, letter)
  await expect(heading).toBeInViewport()
  await openForm(page)
  await expect(heading).toBeInViewport()
  await cannotShow(page)
  await goToCheck(page)
  await expect(heading).toBeInViewport()
  await declare(page)
  await sendButton(page).click()
  await expect(receiptHeading(page)).toBeInViewport()
})
