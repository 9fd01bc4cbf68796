// "Kann ich die Bearbeitung unterbrechen?": what was saved comes back, on any device and whatever happened in between.
import { readFileSync } from 'node:fs'
import type { Page, Route } from '@playwright/test'
import { type Installation, startInstallation } from '../harness/installation.ts'
import { readCodes } from '../harness/read-codes.ts'
import { rows } from '../harness/rows.ts'
import { smallPdf } from '../harness/small-pdf.ts'
import {
  expect,
  fillLogin,
  LOGIN_MILLISECONDS,
  login,
  loginButton,
  test,
} from './support/browser.ts'
import { openForm, remark, requested, saved } from './support/form.ts'

const ASKED = /Rentenbescheid/
const NOTE = 'Ich war im Juli im Krankenhaus.'
const UPLOAD = { name: 'Bescheid.pdf', mimeType: 'application/pdf', buffer: smallPdf('Bescheid') }

/** The page tries again after ever longer waits, at most this long, and the portal needs a while to start. */
const LONGEST_WAIT = 90_000

/** What lies in IndexedDB of the uploads that are not through. */
const keptUploads = (page: Page) =>
  page.evaluate(async () => {
    const done = <T>(asked: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
    const database = await done(indexedDB.open('einmal-pin'))
    const kept = await done(database.transaction('uploads').objectStore('uploads').getAll())
    database.close()
    if (kept.length !== 1) throw new Error('the upload is not kept')
    return kept
  })

test('another device brings everything back, documents included', async ({ newDevice, desk }) => {
  const letter = await desk.letter()
  const phone = await newDevice()
  await login(phone, desk.publicUrl, letter)
  await openForm(phone)
  await remark(phone).fill(NOTE)
  await requested(phone, ASKED).getByLabel('Ja, ich lade sie jetzt hoch').check()
  await requested(phone, ASKED).getByLabel('Datei wählen').setInputFiles(UPLOAD)
  await expect(requested(phone, ASKED).getByText('hochgeladen', { exact: true })).toBeVisible()
  await expect(saved(phone)).toBeVisible()
  await phone.context().close()

  const laptop = await newDevice()
  await login(laptop, desk.publicUrl, letter)
  await expect(laptop.getByText('hochgeladen (1)')).toBeVisible()
  await openForm(laptop)
  await expect(remark(laptop)).toHaveValue(NOTE)
  const document = requested(laptop, ASKED)
  await expect(document.getByText('hochgeladen', { exact: true })).toBeVisible()
  const download = laptop.waitForEvent('download')
  await document.getByRole('button', { name: /Ansehen/ }).click()
  const file = await (await download).path()
  expect(readFileSync(file).equals(UPLOAD.buffer)).toBe(true)
})

test('a reload in mid-form asks for no PIN and changes nothing', async ({ page, desk }) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await openForm(page)
  await remark(page).fill(NOTE)
  await expect(saved(page)).toBeVisible()
  const address = page.url()
  await page.reload()
  await expect(remark(page)).toHaveValue(NOTE)
  expect(page.url()).toBe(address)
})

test('an upload that a reload has cut off goes on by itself', async ({ page, desk }) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await openForm(page)
  await page.route('**/parts/*', (route) => route.abort())
  const document = requested(page, ASKED)
  await document.getByLabel('Ja, ich lade sie jetzt hoch').check()
  await document.getByLabel('Datei wählen').setInputFiles(UPLOAD)
  await expect(document.getByText(/unterbrochen/)).toBeVisible()
  await expect(saved(page)).toBeVisible()
  expect(JSON.stringify(await keptUploads(page))).not.toContain(UPLOAD.name)
  await page.unroute('**/parts/*')
  await page.reload()
  await expect(document.getByText('hochgeladen', { exact: true })).toBeVisible()
})

test('without a connection the page says so, and saves when it is back', async ({ page, desk }) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await openForm(page)
  await page.context().setOffline(true)
  await remark(page).fill(NOTE)
  await expect(page.getByText(/Keine Verbindung/)).toBeVisible()
  await page.context().setOffline(false)
  await expect(saved(page)).toBeVisible()
})

test('what was typed waits for the login when several requests hear that the session is over', async ({
  page,
  desk,
  databases,
}) => {
  const letter = await desk.letter()
  await page.clock.install()
  await login(page, desk.publicUrl, letter)
  await openForm(page)
  // Half a minute later the next key is reported to the session's clock, and a second after it the save follows.
  await page.clock.fastForward(31_000)
  const held: Route[] = []
  let holding = true
  await page.route(/\/(draft|activity)$/, async (route) => {
    if (holding) held.push(route)
    else await route.continue()
  })
  await remark(page).fill(NOTE)
  await expect.poll(() => new Set(held.map((route) => route.request().url())).size).toBe(2)
  await rows(databases, 'portal', 'delete from sessions where case_id = $1', [letter.caseId])
  holding = false
  for (const route of held) await route.continue()

  await expect(page.getByRole('heading', { name: /noch einmal an/ })).toBeVisible()
  await fillLogin(page, letter)
  await loginButton(page).click()
  await expect(remark(page)).toHaveValue(NOTE, { timeout: LOGIN_MILLISECONDS })
  await expect(saved(page)).toBeVisible()
  await page.reload()
  await expect(remark(page)).toHaveValue(NOTE)
})

test('after eight hours the end is told beforehand, and the login in place goes on where it was', async ({
  page,
  desk,
  databases,
}) => {
  const letter = await desk.letter()
  await page.clock.install()
  await login(page, desk.publicUrl, letter)
  await openForm(page)
  await rows(
    databases,
    'portal',
    `update sessions set absolute_expires_at = clock_timestamp() + interval '100 seconds',
       idle_expires_at = clock_timestamp() + interval '100 seconds' where case_id = $1`,
    [letter.caseId],
  )
  // The next key tells the page of the new end.
  await page.clock.fastForward(31_000)
  await remark(page).fill(NOTE)
  const warning = page.getByRole('alertdialog', { name: 'Ihre Anmeldung endet gleich' })
  await expect(warning).toBeVisible()
  await warning.getByRole('button', { name: 'Verstanden' }).click()
  await expect(warning).toBeHidden()
  await page.clock.fastForward(10_000)
  await expect(warning).toBeHidden()
  await rows(databases, 'portal', 'delete from sessions where case_id = $1', [letter.caseId])
  await page.clock.fastForward(100_000)
  await expect(page.getByRole('heading', { name: /noch einmal an/ })).toBeVisible()
  await fillLogin(page, letter)
  await loginButton(page).click()
  await expect(remark(page)).toHaveValue(NOTE, { timeout: LOGIN_MILLISECONDS })
})

test('the code on the task list leads a phone to the login, and to nothing else', async ({
  page,
  desk,
}) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  const code = page.getByRole('img', { name: /QR-Code mit der Adresse/ })
  await expect(code).toBeVisible()
  const found = await readCodes(await code.screenshot())
  expect(found).toEqual([`${desk.publicUrl}/anmelden`])
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(code).toBeHidden()
  await expect(page.getByRole('heading', { name: 'Fotos mit dem Handy?' })).toBeVisible()
})

test('while nothing is saved yet the page asks without errors, and hears of an end all the same', async ({
  page,
  desk,
}) => {
  const letter = await desk.letter()
  await page.clock.install()
  await login(page, desk.publicUrl, letter)
  await openForm(page)
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  const asked: string[] = []
  page.on('response', (response) => asked.push(response.url()))
  await page.clock.runFor(61_000)
  await expect.poll(() => asked.length).toBeGreaterThan(2)
  expect(errors).toEqual([])
  await desk.office.revoke(letter.caseId, { reason: 'openedInError' })
  await expect(async () => {
    await page.clock.runFor(20_000)
    await expect(page.getByRole('alert')).toContainText('geschlossen', { timeout: 1_000 })
  }).toPass()
})

test('phone and laptop work side by side', async ({ newDevice, desk }) => {
  const letter = await desk.letter()
  const phone = await newDevice()
  await login(phone, desk.publicUrl, letter)
  await openForm(phone)
  // Both stand before an empty form: nothing was ever saved.
  const laptop = await newDevice()
  await login(laptop, desk.publicUrl, letter)
  await openForm(laptop)
  await remark(phone).fill(NOTE)
  await expect(saved(phone)).toBeVisible()
  await expect(remark(laptop)).toHaveValue(NOTE)
  await laptop.getByLabel('Ich reiche sie später nach').check()
  await expect(phone.getByLabel('Ich reiche sie später nach')).toBeChecked()
  await remark(phone).fill('Vom Handy ergänzt.')
  await expect(remark(laptop)).toHaveValue('Vom Handy ergänzt.')
})

test.describe('with servers that are killed', () => {
  let installation: Installation

  test.beforeAll(async () => {
    installation = await startInstallation()
  })
  test.afterAll(() => installation.remove())

  test('nothing that was acknowledged is missing, and the page goes on', async ({ page }) => {
    const letter = await installation.letter()
    await login(page, installation.publicUrl, letter)
    await openForm(page)
    await remark(page).fill(NOTE)
    await expect(saved(page)).toBeVisible()
    await installation.kill('portal')
    await remark(page).fill(`${NOTE} Und im August.`)
    await expect(page.getByText(/Keine Verbindung/)).toBeVisible()
    await installation.start('portal')
    await expect(saved(page)).toBeVisible({ timeout: LONGEST_WAIT })
    await installation.kill('portal')
    await installation.kill('office')
    await installation.start('office')
    await installation.start('portal')
    await page.reload()
    await expect(remark(page)).toHaveValue(`${NOTE} Und im August.`)
  })
})
