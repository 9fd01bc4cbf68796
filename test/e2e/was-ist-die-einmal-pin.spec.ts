// "Was ist die Einmal-PIN?": the information page answers the six questions of the procedure, also without JavaScript.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../harness/installation.ts'
import { expect, test } from './support/browser.ts'

const tenant = JSON.parse(readFileSync(join(root, 'config/tenant.json'), 'utf8'))

const QUESTIONS = [
  'Was ist die Einmal-PIN?',
  'Wie benutze ich die Einmal-PIN?',
  'Wie sicher ist die Einmal-PIN?',
  'Wie lange ist die PIN gültig?',
  'Was brauche ich?',
  'Kann ich die Bearbeitung unterbrechen?',
]

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the six questions are answered in German', async ({ page, desk }) => {
    await page.goto(desk.publicUrl)
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    for (const question of QUESTIONS) {
      await expect(page.getByRole('heading', { name: question })).toBeVisible()
    }
  })

  test('one jump leads to each answer, and the page says its date and what else may help', async ({
    page,
    desk,
  }) => {
    await page.goto(desk.publicUrl)
    for (const [index, question] of QUESTIONS.entries()) {
      await page.getByRole('navigation').getByRole('link', { name: question }).click()
      await expect(page).toHaveURL(new RegExp(`#frage-${index + 1}$`))
      await expect(page.locator(`#frage-${index + 1}`)).toHaveText(question)
    }
    await expect(page.getByText(/Stand dieser Seite: .* 20\d\d/)).toBeVisible()
    await expect(page.getByRole('link', { name: 'Nach oben' })).toHaveAttribute('href', '#main')
    const related = page.getByRole('region', { name: 'Das könnte Sie auch interessieren' })
    await expect(related.getByRole('link')).toHaveCount(4)
    await related.getByRole('link', { name: 'Leichter Sprache' }).click()
    await expect(page.locator('html')).toHaveAttribute('lang', 'de-simple')
  })

  test("validity and digits are the insurer's settings", async ({ page, desk }) => {
    await page.goto(desk.publicUrl)
    const main = page.getByRole('main')
    await expect(main).toContainText(`${tenant.validityDays} Tage nach dem Datum des Briefes`)
    await expect(main).toContainText(`letzten ${tenant.cardDigits} Stellen der Kartennummer`)
    await expect(main).toContainText('16 Ziffern')
    await expect(main).toContainText(tenant.phone)
  })

  test('the login says why it needs JavaScript and names telephone and paper', async ({
    page,
    desk,
  }) => {
    await page.goto(desk.publicUrl)
    await page.getByRole('link', { name: 'Jetzt anmelden' }).click()
    // Playwright's text search leaves <noscript> out.
    const notice = page.locator('noscript .notice')
    await expect(notice).toBeVisible()
    await expect(notice).toContainText('Bitte schalten Sie JavaScript ein')
    await expect(page.getByRole('link', { name: tenant.phone })).toBeVisible()
    await expect(page.getByText(/auf Papier antworten/)).toBeVisible()
  })

  test('every page of the footer can be read', async ({ page, desk }) => {
    for (const [link, heading] of [
      ['Datenschutz', /Datenschutz/],
      ['Barrierefreiheit', /Barrierefreiheit/],
      ['Impressum', /Impressum/],
      ['Brief nicht für mich?', /nicht/],
    ] as const) {
      await page.goto(desk.publicUrl)
      await page.getByRole('contentinfo').getByRole('link', { name: link }).click()
      await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
    }
  })
})

test('the information page loads nothing from anybody else and runs no script', async ({
  page,
  desk,
}) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(desk.publicUrl, { waitUntil: 'networkidle' })
  expect(asked.filter((url) => new URL(url).origin !== desk.publicUrl)).toEqual([])
  expect(asked.filter((url) => /\.js($|\?)/.test(url))).toEqual([])
})
