// A clerk with many cases and no mouse: from one submission to the next, back to the row where one was, a search by keys.
import type { Page } from '@playwright/test'
import { loginDataOf, Person } from '../harness/person.ts'
import { syntheticCase } from '../harness/synthetic.ts'
import { fillIn, sendAndWait } from '../system/support/fill-in.ts'
import { expect, expectAccessibleInBothSchemes, test, visit } from './support/browser.ts'
import { confirmAction, loginAsClerk, openCase } from './support/clerk.ts'
import { inboxItem } from './support/inbox.ts'

test.beforeEach(async ({ page, desk }) => {
  await loginAsClerk(page, desk.officeUrl)
})

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

/** Moves down the list until the row of that name has the focus. */
async function moveTo(page: Page, name: string): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('j')
    await expect(page.getByRole('link', { name: new RegExp(name) })).toBeFocused({ timeout: 50 })
  }).toPass()
}

test('accepted, N, the next one: without the list in between, and back to its row', async ({
  page,
  desk,
}) => {
  const names = [`Erste${Date.now()}`, `Zweite${Date.now()}`]
  for (const lastName of names) {
    const letter = await desk.letter({ lastName })
    const opened = await new Person(desk.publicUrl, loginDataOf(letter)).open()
    await sendAndWait(await fillIn(opened, { note: lastName, papers: [] }))
    await inboxItem(desk, letter.caseId)
  }
  const [first = '', second = ''] = names
  await page.reload()
  await moveTo(page, first)
  await page.keyboard.press('Enter')
  await expect(heading(page, new RegExp(first))).toBeVisible()
  await expect(page.getByRole('link', { name: /Nächste Einsendung/ })).toBeVisible()
  await page.keyboard.press('a')
  await expect(page.getByText('angenommen').first()).toBeVisible()
  await page.keyboard.press('n')
  await expect(heading(page, new RegExp(second))).toBeVisible()
  await expect(page.getByText(second, { exact: true }).first()).toBeVisible()
  await expectAccessibleInBothSchemes(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('link', { name: new RegExp(second) })).toBeFocused()
  await expect(page.getByRole('link', { name: new RegExp(first) })).toBeHidden()
})

test('a search by keys alone: slash, words, Enter, arrow, Enter', async ({ page, desk }) => {
  const person = syntheticCase({ lastName: `Suche${Date.now()}` })
  await desk.office.openCase(person)
  await visit(page, `${desk.officeUrl}/vorgaenge`)
  await expect(heading(page, 'Vorgänge')).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type(person.lastName)
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 Vorgang', { exact: true })).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(heading(page, new RegExp(person.lastName))).toBeVisible()
})

test('a refused action keeps its question open and says why', async ({ page, desk }) => {
  const letter = await desk.letter()
  await openCase(page, desk.officeUrl, letter.caseId)
  await page.getByRole('button', { name: 'Karte geändert', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/Kartennummer/).fill('123')
  await dialog.getByRole('button', { name: 'Karte geändert', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText(/\S/)
  await expect(dialog.getByLabel(/Kartennummer/)).toHaveValue('123')
  await expectAccessibleInBothSchemes(page)
  await dialog.getByRole('button', { name: 'Abbrechen' }).click()
  await confirmAction(page, 'Auf Papier beantwortet')
  await expect(page.getByText('auf Papier beantwortet').first()).toBeVisible()
})
