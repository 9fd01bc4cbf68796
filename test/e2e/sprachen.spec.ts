// German, Leichte Sprache and English: switchable anywhere without losing input, and no text is missing in any of them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { root } from '../harness/installation.ts'
import { cardField, expect, kvnrField, login, loginButton, test, visit } from './support/browser.ts'
import { cannotShow, goToCheck, openForm, remark, saved } from './support/form.ts'

const LANGUAGES = [
  { name: 'Deutsch', prefix: '', lang: 'de' },
  { name: 'Leichte Sprache', prefix: '/leichte-sprache', lang: 'de-simple' },
  { name: 'English', prefix: '/en', lang: 'en' },
] as const

const PUBLIC_PAGES = [
  '',
  '/anmelden',
  '/neue-pin',
  '/nicht-fuer-mich',
  '/datenschutz',
  '/barrierefreiheit',
  '/impressum',
]

const switchTo = (page: Page, name: string) =>
  page
    .getByRole('navigation', { name: /Sprache|Language/ })
    .getByRole('link', { name })
    .click()

/** No placeholder, no key and no code has slipped onto the screen. */
async function expectProse(page: Page): Promise<void> {
  const text = (await page.getByRole('main').textContent()) ?? ''
  expect(text).not.toMatch(/\{\w+\}|undefined|\[object|NaN/)
  expect(text).not.toMatch(/\b[a-z]+_[a-z]+(_[a-z]+)*\b/)
}

for (const { name, prefix, lang } of LANGUAGES) {
  test(`every public page speaks ${name}`, async ({ page, desk }) => {
    for (const path of PUBLIC_PAGES) {
      await page.goto(`${desk.publicUrl}${prefix}${path}`)
      await expect(page.locator('html')).toHaveAttribute('lang', lang)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.getByRole('link', { name, exact: true })).toHaveAttribute(
        'aria-current',
        'true',
      )
      await expectProse(page)
      expect(await page.title()).not.toBe('')
    }
  })
}

test('no page of another language repeats the German one', async ({ page, desk }) => {
  for (const path of PUBLIC_PAGES) {
    const texts: string[] = []
    for (const { prefix } of LANGUAGES) {
      await page.goto(`${desk.publicUrl}${prefix}${path}`)
      texts.push((await page.getByRole('main').textContent()) ?? '')
    }
    expect(new Set(texts).size, path).toBe(LANGUAGES.length)
  }
})

test('every message exists in every language', () => {
  const keys = (locale: string) =>
    Object.keys(
      JSON.parse(readFileSync(join(root, 'apps/citizen/messages', `${locale}.json`), 'utf8')),
    ).sort()
  const german = keys('de')
  for (const locale of ['de-simple', 'en']) expect(keys(locale)).toEqual(german)
})

test('Leichte Sprache says that no test group has checked it yet', async ({ page, desk }) => {
  await page.goto(`${desk.publicUrl}/leichte-sprache/anmelden`)
  await expect(page.getByText('noch nicht geprüft')).toBeVisible()
})

test('switching the language keeps what is typed in the login', async ({ page, desk }) => {
  await visit(page, `${desk.publicUrl}/anmelden`)
  await kvnrField(page).fill('A123456780')
  await cardField(page).fill('123456')
  await switchTo(page, 'English')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.locator('#versichertennummer')).toHaveValue('A123456780')
  await expect(page.locator('#kartennummer')).toHaveValue('123456')
  await switchTo(page, 'Leichte Sprache')
  await expect(page.locator('#versichertennummer')).toHaveValue('A123456780')
  await switchTo(page, 'Deutsch')
  await expect(loginButton(page)).toBeVisible()
  await expect(kvnrField(page)).toHaveValue('A123456780')
})

test('switching in mid-form keeps page and answers, and the whole case speaks it', async ({
  page,
  desk,
}) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await openForm(page)
  await cannotShow(page)
  await remark(page).fill('Bitte auf Deutsch lassen.')
  await switchTo(page, 'English')
  await expect(page.getByRole('heading', { level: 1, name: 'Your documents' })).toBeVisible()
  await expect(page.getByLabel('I cannot provide it')).toBeChecked()
  await expect(page.getByLabel(/anything else you would like to tell us/)).toHaveValue(
    'Bitte auf Deutsch lassen.',
  )
  await expectProse(page)
  await page
    .getByRole('link', { name: /overview/i })
    .first()
    .click()
  await expect(page.getByText('Not sent yet').first()).toBeVisible()
  await expectProse(page)
  await switchTo(page, 'Leichte Sprache')
  await expectProse(page)
  await switchTo(page, 'Deutsch')
  await openForm(page)
  await goToCheck(page)
  await expect(page.getByText('Bitte auf Deutsch lassen.')).toBeVisible()
  await expect(saved(page)).toBeVisible()
})
