// Every page for everybody: axe at WCAG 2.2 AA in light and dark, 320 px, 200 % text, with errors shown, and by keyboard alone.
import {
  cardSuffixOf,
  expect,
  expectAccessibleInBothSchemes,
  expectTaskList,
  kvnrField,
  login,
  loginButton,
  pinField,
  test,
  typeLogin,
  visit,
} from './support/browser.ts'
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

const PREFIXES = { Deutsch: '', 'Leichte Sprache': '/leichte-sprache', English: '/en' }
const PUBLIC_PAGES = [
  '',
  '/anmelden',
  '/neue-pin',
  '/nicht-fuer-mich',
  '/datenschutz',
  '/barrierefreiheit',
  '/impressum',
]

for (const [language, prefix] of Object.entries(PREFIXES)) {
  test(`public pages in ${language}`, async ({ page, desk }) => {
    for (const path of PUBLIC_PAGES) {
      await page.goto(`${desk.publicUrl}${prefix}${path}`)
      await expectAccessibleInBothSchemes(page)
      await expectFits(page)
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
      await expectAccessibleInBothSchemes(page)
      await expectFits(page)
    }
    await open('/vorgang')
    await check()
    await open('/vorgang/formular')
    await check()
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
  await expectAccessibleInBothSchemes(page)
  await expectFits(page)
  await typeLogin(page, desk.publicUrl, letter, { pin: wrongPin(letter) })
  await expect(page.getByText(/Eine der Angaben stimmt nicht/)).toBeVisible()
  for (let tries = 2; tries <= 5; tries += 1) await tryLogin(page)
  await expect(page.getByRole('timer')).toBeVisible()
  await expectAccessibleInBothSchemes(page)
  await expectFits(page)
})

test('a form with many kinds of questions, with all its errors', async ({ page, desk }) => {
  const letter = await desk.letter({
    formId: 'familienversicherung',
    prefill: { mitglied_vorname: 'Eva', angehoerige: [{ vorname: 'Mia', geburtsjahr: 2012 }] },
  })
  await login(page, desk.publicUrl, letter)
  for (const name of ['Angaben zu Ihnen', 'Mia', 'Neue Angehörige']) {
    await page.goto(`${desk.publicUrl}/vorgang`)
    await page.getByRole('link', { name, exact: true }).click()
    await page.getByRole('button', { name: 'Weiter', exact: true }).click()
    await expect(page.locator('.summary')).toBeFocused()
    await expectAccessibleInBothSchemes(page)
    await expectFits(page)
  }
})

test('not logged in', async ({ page, desk }) => {
  await page.goto(`${desk.publicUrl}/vorgang`)
  await expect(page.getByRole('heading', { name: 'Sie sind nicht angemeldet' })).toBeVisible()
  await expectAccessibleInBothSchemes(page)
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

test('the login by keyboard alone', async ({ page, desk }) => {
  const letter = await desk.letter()
  await visit(page, `${desk.publicUrl}/anmelden`)
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Zum Inhalt springen' })
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(kvnrField(page)).toBeFocused()
  await page.keyboard.type(letter.person.kvnr)
  await page.keyboard.press('Tab')
  await expect(page.locator('summary').first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText(/Auf der Vorderseite Ihrer Gesundheitskarte/)).toBeVisible()
  await page.keyboard.press('Tab')
  await page.keyboard.type(cardSuffixOf(letter))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(pinField(page)).toBeFocused()
  await page.keyboard.type(letter.pin)
  await page.keyboard.press('Enter')
  await expectTaskList(page)
})
