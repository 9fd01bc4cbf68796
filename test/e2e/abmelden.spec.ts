// "Abmelden": on every page, and then nothing is left on the device; Back and Reload show nothing.
import type { Page } from '@playwright/test'
import { smallPdf } from '../harness/small-pdf.ts'
import { expect, login, test } from './support/browser.ts'
import {
  cannotShow,
  declare,
  goToCheck,
  openForm,
  receiptHeading,
  remark,
  requested,
  saved,
  sendButton,
} from './support/form.ts'

const DAY = 86_400_000
const NOTE = 'Das soll hier niemand mehr lesen.'
const logoutButton = (page: Page) => page.getByRole('button', { name: 'Abmelden', exact: true })
const loggedOut = (page: Page) => page.getByText('Sie sind abgemeldet')

/** Everything that this site keeps on the device. */
const traces = (page: Page) =>
  page.evaluate(async () => {
    const stored: string[] = [...Object.keys(sessionStorage), ...Object.keys(localStorage)]
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(opening.error)
      })
      for (const store of database.objectStoreNames) {
        const keys = await new Promise<IDBValidKey[]>((resolve, reject) => {
          const asking = database.transaction(store).objectStore(store).getAllKeys()
          asking.onsuccess = () => resolve(asking.result)
          asking.onerror = () => reject(asking.error)
        })
        stored.push(...keys.map(String))
      }
      database.close()
    }
    for await (const name of (await navigator.storage.getDirectory()).keys()) stored.push(name)
    return stored
  })

test('logging out ends the session and wipes; Back and Reload show nothing', async ({
  page,
  desk,
}) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await openForm(page)
  await remark(page).fill(NOTE)
  await expect(saved(page)).toBeVisible()
  expect(await traces(page)).not.toEqual([])
  const cookies = await page.context().cookies()

  await logoutButton(page).click()
  await expect(loggedOut(page)).toBeVisible()
  expect(await traces(page)).toEqual([])
  expect(await page.context().cookies()).toEqual([])

  await page.goBack()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByText(NOTE)).toHaveCount(0)
  await expect(remark(page)).toHaveCount(0)
  await page.goto(`${desk.publicUrl}/vorgang`)
  await expect(page.getByRole('heading', { name: 'Sie sind nicht angemeldet' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Sie sind nicht angemeldet' })).toBeVisible()

  // Whoever copied the cookie before has nothing either.
  await page.context().addCookies(cookies)
  const answer = await page.evaluate(
    (caseId) => fetch(`/api/v1/cases/${caseId}/session`).then(({ status }) => status),
    letter.caseId,
  )
  expect(answer).toBe(401)
})

test('what was typed a moment before logging out is saved', async ({ page, newDevice, desk }) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await openForm(page)
  await remark(page).fill(NOTE)
  await logoutButton(page).click()
  await expect(loggedOut(page)).toBeVisible()
  expect(await traces(page)).toEqual([])
  const later = await newDevice()
  await login(later, desk.publicUrl, letter)
  await openForm(later)
  await expect(remark(later)).toHaveValue(NOTE)
})

test('without a line logging out asks first, and wipes all the same', async ({ page, desk }) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await openForm(page)
  await page.route('**/api/v1/cases/**', (route) => route.abort())
  await remark(page).fill(NOTE)
  await logoutButton(page).click()
  const question = page.getByRole('dialog', { name: 'Wirklich abmelden?' })
  await expect(question).toContainText('noch nicht gespeichert')
  await question.getByRole('button', { name: 'Trotzdem abmelden' }).click()
  await expect(loggedOut(page)).toBeVisible()
  expect(await traces(page)).toEqual([])
})

test('"Abmelden" is on every page of a case', async ({ page, desk }) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await expect(logoutButton(page)).toBeVisible()
  await openForm(page)
  await expect(logoutButton(page)).toBeVisible()
  await cannotShow(page)
  await goToCheck(page)
  await expect(logoutButton(page)).toBeVisible()
  await declare(page)
  await sendButton(page).click()
  await expect(receiptHeading(page)).toBeVisible()
  await logoutButton(page).click()
  await expect(loggedOut(page)).toBeVisible()
  expect(await traces(page)).toEqual([])
  await page.goto(`${desk.publicUrl}/vorgang/gesendet`)
  await expect(page.getByRole('heading', { name: 'Sie sind nicht angemeldet' })).toBeVisible()
})

test('an unfinished upload is asked about first', async ({ page, desk }) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await openForm(page)
  await page.route('**/parts/*', (route) => route.abort())
  const document = requested(page, /Rentenbescheid/)
  await document.getByLabel('Ja, ich lade sie jetzt hoch').check()
  await document.getByLabel('Datei wählen').setInputFiles({
    ...{ name: 'Bescheid.pdf', mimeType: 'application/pdf', buffer: smallPdf('Bescheid') },
  })
  await expect(document.getByText(/unterbrochen/)).toBeVisible()

  const question = page.getByRole('dialog', { name: 'Wirklich abmelden?' })
  await logoutButton(page).click()
  await expect(question).toContainText('Ein Dokument wird noch hochgeladen')
  await question.getByRole('button', { name: 'Angemeldet bleiben' }).click()
  await expect(question).toBeHidden()
  await expect(document.getByText('Bescheid.pdf', { exact: true })).toBeVisible()

  await logoutButton(page).click()
  await question.getByRole('button', { name: 'Trotzdem abmelden' }).click()
  await expect(loggedOut(page)).toBeVisible()
  expect(await traces(page)).toEqual([])
})

test('what was left behind without logging out is gone after 38 days', async ({
  newDevice,
  desk,
}) => {
  const letter = await desk.letter()
  const first = await newDevice()
  await login(first, desk.publicUrl, letter)
  await openForm(first)
  await first.route('**/parts/*', (route) => route.abort())
  const document = requested(first, /Rentenbescheid/)
  await document.getByLabel('Ja, ich lade sie jetzt hoch').check()
  await document.getByLabel('Datei wählen').setInputFiles({
    ...{ name: 'Bescheid.pdf', mimeType: 'application/pdf', buffer: smallPdf('Bescheid') },
  })
  await expect(document.getByText(/unterbrochen/)).toBeVisible()
  const context = first.context()
  await first.close()

  const openAfter = async (days: number) => {
    const page = await context.newPage()
    await page.clock.install({ time: Date.now() + days * DAY })
    await page.goto(`${desk.publicUrl}/anmelden`, { waitUntil: 'networkidle' })
    return page
  }
  const kept = await openAfter(37)
  expect((await traces(kept)).length).toBeGreaterThan(0)
  await kept.close()
  const wiped = await openAfter(39)
  await expect.poll(() => traces(wiped)).toEqual([])
})

test('a revoked case ends an open session and says why', async ({ page, desk }) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await openForm(page)
  await remark(page).fill(NOTE)
  await expect(saved(page)).toBeVisible()
  await desk.office.revoke(letter.caseId, { reason: 'openedInError' })
  await expect(page.getByRole('alert')).toContainText('Dieser Vorgang ist geschlossen')
  await expect(page.getByText(NOTE)).toHaveCount(0)
  // The screen is emptied at once, the storage right behind it.
  await expect.poll(() => traces(page)).toEqual([])
})
