// Whoever changes the sealed package at the portal changes nothing in silence: the app refuses to open the case.
import type { Page } from '@playwright/test'
import { rows } from '../harness/rows.ts'
import { expect, LOGIN_MILLISECONDS, login, test, typeLogin } from './support/browser.ts'
import { openForm, remark, saved } from './support/form.ts'

async function expectRefused(page: Page): Promise<void> {
  await expect(page.getByRole('alert')).toContainText(
    'Die Daten dieses Vorgangs sind nicht echt oder beschädigt',
    { timeout: LOGIN_MILLISECONDS },
  )
  await expect(page.getByRole('link', { name: /0800/ })).toBeVisible()
  await expect(page.getByText('Jetzt ausfüllen')).toHaveCount(0)
  await expect.poll(() => page.evaluate(() => sessionStorage.length)).toBe(0)
}

test('a word of the package changed in the database', async ({ page, desk, databases }) => {
  const letter = await desk.letter()
  await rows(
    databases,
    'portal',
    `update pins set package = set_byte(package, octet_length(package) - 40,
       255 - get_byte(package, octet_length(package) - 40)) where case_id = $1`,
    [letter.caseId],
  )
  await typeLogin(page, desk.publicUrl, letter)
  await expectRefused(page)
})

test("another person's package in its place", async ({ page, desk, databases }) => {
  const [mine, other] = [await desk.letter(), await desk.letter()]
  await rows(
    databases,
    'portal',
    'update pins set package = (select package from pins where case_id = $2) where case_id = $1',
    [mine.caseId, other.caseId],
  )
  await typeLogin(page, desk.publicUrl, mine)
  await expectRefused(page)
})

test('a draft that is changed while somebody works', async ({ page, desk, databases }) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await openForm(page)
  await remark(page).fill('Von mir.')
  await expect(saved(page)).toBeVisible()
  await rows(
    databases,
    'portal',
    "update drafts set bytes = $2, etag = repeat('0', 64) where case_id = $1",
    [letter.caseId, Buffer.from('age-encryption.org/v1\nkein Entwurf')],
  )
  await expectRefused(page)
})

test('a package that is changed while somebody works', async ({ page, desk, databases }) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await rows(databases, 'portal', 'update pins set package = $2 where case_id = $1', [
    letter.caseId,
    Buffer.from('age-encryption.org/v1\nkein Paket'),
  ])
  await page.reload()
  await expectRefused(page)
})
