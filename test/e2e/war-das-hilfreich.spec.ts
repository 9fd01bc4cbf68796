// "Waren diese Informationen hilfreich?": answered without JavaScript and without a trace, seen by the clerk.
import { expect, expectAccessibleInBothSchemes, test, visit } from './support/browser.ts'
import { loginAsClerk } from './support/clerk.ts'

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('Ja and No are counted, thanked for in the language of the page, and leave no cookie', async ({
    page,
    desk,
  }) => {
    for (const [path, answer, thanks] of [
      ['/', 'Ja', 'Danke für Ihre Rückmeldung'],
      ['/leichte-sprache', 'Nein', 'Danke für Ihre Antwort'],
      ['/en', 'No', 'Thank you for your answer'],
    ] as const) {
      await page.goto(`${desk.publicUrl}${path}`)
      await page.getByRole('button', { name: answer, exact: true }).click()
      await expect(page.getByRole('heading', { level: 1, name: thanks })).toBeVisible()
    }
    expect(await page.context().cookies()).toEqual([])
  })

  test('an answer that cannot be counted gets a page that says what to do', async ({
    page,
    desk,
  }) => {
    const answer = await page.request.post(`${desk.publicUrl}/api/v1/feedback`, {
      form: { page: 'information', language: 'en', helpful: 'perhaps' },
      headers: { origin: desk.publicUrl },
    })
    expect(answer.status()).toBe(400)
    expect(await answer.text()).toContain('Your answer was not counted')
  })
})

test('the clerk sees the counters by month, page and language', async ({ page, desk }) => {
  await page.goto(`${desk.publicUrl}/leichte-sprache`)
  await page.getByRole('button', { name: 'Ja', exact: true }).click()
  await expect(page).toHaveURL(/\/leichte-sprache\/danke$/)
  await loginAsClerk(page, desk.officeUrl)
  await expect(async () => {
    await visit(page, `${desk.officeUrl}/rueckmeldungen`)
    const row = page.getByRole('row', { name: /Informationsseite Leichte Sprache/ })
    await expect(row.first()).toContainText('%', { timeout: 1_000 })
  }).toPass()
  await expectAccessibleInBothSchemes(page)
})
