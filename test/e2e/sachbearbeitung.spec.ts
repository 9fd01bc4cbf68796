// The clerk: reads cases in, finds one on the telephone, sees what happened, acts, and works through the inbox by keyboard.
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { caseCsv } from '../harness/case-csv.ts'
import { DEMO_CASES } from '../harness/demo-cases.ts'
import { root } from '../harness/installation.ts'
import { textOfPdf } from '../harness/letter-reader.ts'
import { type DatabaseUrls, rows } from '../harness/rows.ts'
import { smallPdf } from '../harness/small-pdf.ts'
import { syntheticCardNumber, syntheticCase } from '../harness/synthetic.ts'
import {
  expect,
  expectAccessibleInBothSchemes,
  expectTaskList,
  login,
  test,
  typeLogin,
  visit,
} from './support/browser.ts'
import { confirmAction, loginAsClerk, openCase } from './support/clerk.ts'
import {
  declare,
  goToCheck,
  openForm,
  remark,
  requested,
  saved,
  sendButton,
} from './support/form.ts'
import { inboxItem } from './support/inbox.ts'

const csvFile = (name: string, text: string) => ({
  ...{ name, mimeType: 'text/csv', buffer: Buffer.from(text) },
})

async function readIn(page: Page, officeUrl: string, name: string, text: string): Promise<void> {
  await visit(page, `${officeUrl}/einlesen`)
  await page.getByLabel(/CSV-Datei/).setInputFiles(csvFile(name, text))
  await page.getByRole('button', { name: 'Einlesen' }).click()
}

async function search(page: Page, officeUrl: string, words: string): Promise<void> {
  await visit(page, `${officeUrl}/vorgaenge`)
  await page.getByLabel(/Aktenzeichen, Name oder Versichertennummer/).fill(words)
  await page.getByRole('button', { name: 'Suchen' }).click()
}

test.beforeEach(async ({ page, desk }) => {
  await loginAsClerk(page, desk.officeUrl)
})

test('bad rows are named by line and field, and nothing of the file is read in', async ({
  page,
  desk,
}) => {
  const good = syntheticCase()
  const bad = [syntheticCase({ kvnr: 'A123456789' }), syntheticCase({ postcode: '123' })]
  await readIn(page, desk.officeUrl, 'fehler.csv', caseCsv([good, ...bad]))
  await expect(page.getByRole('heading', { name: '2 Fehler in der Datei' })).toBeVisible()
  const row = (line: number, field: string) =>
    page.getByRole('row', { name: new RegExp(`^${line}\\s+${field}\\s+\\S`) })
  await expect(row(3, 'kvnr')).toBeVisible()
  await expect(row(4, 'postcode')).toBeVisible()
  await expectAccessibleInBothSchemes(page)
  await search(page, desk.officeUrl, good.caseRef)
  await expect(page.getByText('Kein Vorgang gefunden.')).toBeVisible()
})

test('the demo file is read in once, and a second time refused', async ({ page, desk }) => {
  const demo = readFileSync(join(root, 'demo/cases.csv'), 'utf8')
  await readIn(page, desk.officeUrl, 'cases.csv', demo)
  await expect(page.getByText(`${DEMO_CASES} Vorgänge übernommen.`)).toBeVisible()
  await readIn(page, desk.officeUrl, 'cases.csv', demo)
  await expect(
    page.getByRole('heading', { name: `${DEMO_CASES} Fehler in der Datei` }),
  ).toBeVisible()
  await expect(page.getByRole('row', { name: /caseRef/ })).toHaveCount(DEMO_CASES)
})

test('a case is found by Aktenzeichen, name and Versichertennummer', async ({ page, desk }) => {
  const person = syntheticCase({ firstName: 'Friederike', lastName: `Fund${Date.now()}` })
  await desk.office.openCase(person)
  for (const words of [person.caseRef, person.lastName, person.kvnr]) {
    await search(page, desk.officeUrl, words)
    await expect(page.getByRole('status').getByText('1 Vorgang', { exact: true })).toBeVisible()
    await expect(page.getByRole('link', { name: /Friederike/ })).toBeVisible()
  }
  await expectAccessibleInBothSchemes(page)
  await page.getByRole('link', { name: /Friederike/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: /Friederike/ })).toBeVisible()
})

test('the case page tells the story from letter to last activity, never content', async ({
  page,
  newDevice,
  desk,
}) => {
  const letter = await desk.letter()
  const person = await newDevice()
  await login(person, desk.publicUrl, letter)
  await openForm(person)
  await remark(person).fill('GEHEIMER-ENTWURF')
  await expect(saved(person)).toBeVisible()

  await openCase(page, desk.officeUrl, letter.caseId)
  const story = page.getByRole('complementary', { name: 'Person und Verlauf' })
  for (const event of ['Vorgang angelegt', 'Brief erstellt', 'Brief gedruckt', 'erste Anmeldung']) {
    await expect(story.getByText(event).first()).toBeVisible()
  }
  await expect(page.getByText(/31 Tage \(bis einschließlich/)).toBeVisible()
  await expect(page.getByRole('main')).not.toContainText('GEHEIMER-ENTWURF')
  await expect(page.getByRole('main')).not.toContainText(letter.pin)
  await expectAccessibleInBothSchemes(page)
})

test('a letter is ordered at the case page and arrives; its copy has no PIN', async ({
  page,
  newDevice,
  desk,
}) => {
  const person = syntheticCase()
  const opened = await desk.office.openCase(person)
  const caseId = opened.ok ? opened.value.caseId : ''
  await openCase(page, desk.officeUrl, caseId)
  await confirmAction(page, 'Brief erstellen')
  const letter = await desk.arrived(caseId, person)
  const device = await newDevice()
  await typeLogin(device, desk.publicUrl, letter)
  await expectTaskList(device)
  const saving = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Kopie des 1. Briefs ohne PIN (PDF)' }).click()
  const copy = (await textOfPdf(await readFile(await (await saving).path()))).join('\n')
  expect(copy).toContain(person.lastName)
  expect(copy.replace(/\s/g, '')).not.toContain(letter.pin)
})

test('a new PIN by telephone: the old one dies, the letter of the new one arrives', async ({
  page,
  newDevice,
  desk,
}) => {
  const letter = await desk.letter()
  await openCase(page, desk.officeUrl, letter.caseId)
  await confirmAction(page, 'Neue PIN')
  const fresh = await desk.arrived(letter.caseId, letter.person, 2)
  const device = await newDevice()
  await typeLogin(device, desk.publicUrl, letter)
  await expect(device.getByText(/durch einen neueren Brief ersetzt/)).toBeVisible()
  await typeLogin(device, desk.publicUrl, fresh)
  await expectTaskList(device)
})

test('revoking ends a session at once', async ({ page, newDevice, desk }) => {
  const letter = await desk.letter()
  const device = await newDevice()
  await login(device, desk.publicUrl, letter)
  await openForm(device)
  // The device hears nothing until something is typed: a look at the case would tell it before.
  await device.context().setOffline(true)
  await openCase(page, desk.officeUrl, letter.caseId)
  await confirmAction(page, 'Widerrufen')
  await expect(page.getByText('widerrufen').first()).toBeVisible()
  await remark(device).fill('Zu spät.')
  await expect(device.getByText(/Keine Verbindung/)).toBeVisible()
  await device.context().setOffline(false)
  await expect(device.getByRole('alert')).toContainText('Dieser Vorgang ist geschlossen')
})

test('"auf Papier beantwortet" closes the case online', async ({ page, newDevice, desk }) => {
  const letter = await desk.letter()
  await openCase(page, desk.officeUrl, letter.caseId)
  await confirmAction(page, 'Auf Papier beantwortet')
  await expect(page.getByText('auf Papier beantwortet').first()).toBeVisible()
  const device = await newDevice()
  await expect(async () => {
    await typeLogin(device, desk.publicUrl, letter)
    await expect(device.getByText(/Dieser Vorgang ist geschlossen/)).toBeVisible({
      timeout: 10_000,
    })
  }).toPass()
})

async function cardsAtPortal(databases: DatabaseUrls, caseId: string): Promise<unknown> {
  const [pin] = await rows(
    databases,
    'portal',
    'select cardinality(second_factors) as cards from pins where case_id = $1',
    [caseId],
  )
  return pin?.['cards']
}

test('after "Karte geändert" the new card opens the draft, and the old one too', async ({
  page,
  newDevice,
  desk,
  databases,
}) => {
  const letter = await desk.letter()
  const first = await newDevice()
  await login(first, desk.publicUrl, letter)
  await openForm(first)
  await remark(first).fill('Mit der alten Karte.')
  await expect(saved(first)).toBeVisible()

  const card = syntheticCardNumber()
  await openCase(page, desk.officeUrl, letter.caseId)
  await confirmAction(page, 'Karte geändert', (dialog) =>
    dialog.getByLabel(/Kartennummer/).fill(card),
  )
  await expect(page.getByText(`endet auf ${card.slice(-6)}`)).toBeVisible()
  // A try before the courier was at the portal would count as a wrong one.
  await expect.poll(() => cardsAtPortal(databases, letter.caseId)).toBe(2)
  const device = await newDevice()
  await typeLogin(device, desk.publicUrl, letter, { secondFactor: card.slice(-6) })
  await expectTaskList(device)
  await openForm(device)
  await expect(remark(device)).toHaveValue('Mit der alten Karte.')
  await login(await newDevice(), desk.publicUrl, letter)
})

test('the inbox by keyboard: answers in order, documents marked as not checked yet', async ({
  page,
  newDevice,
  desk,
}) => {
  const letter = await desk.letter({ lastName: `Aalto${Date.now()}` })
  const device = await newDevice()
  await login(device, desk.publicUrl, letter)
  await openForm(device)
  const document = requested(device, /Rentenbescheid/)
  await document.getByLabel('Ja, ich lade sie jetzt hoch').check()
  await document.getByLabel('Datei wählen').setInputFiles({
    ...{ name: 'Rente 2026.pdf', mimeType: 'application/pdf', buffer: smallPdf('Rente') },
  })
  await expect(document.getByText('hochgeladen', { exact: true })).toBeVisible()
  await remark(device).fill('Bitte um Rückruf.')
  await goToCheck(device)
  await declare(device)
  await sendButton(device).click()
  const { receiptNumber } = await inboxItem(desk, letter.caseId)

  await page.goto(`${desk.officeUrl}/posteingang`)
  const link = page.getByRole('link', { name: new RegExp(letter.person.lastName) })
  await expect(link).toBeVisible()
  await expectAccessibleInBothSchemes(page)
  await expect(async () => {
    // One row down at a time; looked at without waiting, or the next press would run past it.
    await page.keyboard.press('j')
    expect(await link.evaluate((row) => row.matches(':focus'))).toBe(true)
  }).toPass({ intervals: [0] })
  await page.keyboard.press('Enter')
  await expect(
    page.getByRole('heading', { level: 1, name: new RegExp(letter.person.lastName) }),
  ).toBeVisible()
  await expect(page.getByText(receiptNumber)).toBeVisible()
  await expect(page.getByText('Bitte um Rückruf.')).toBeVisible()
  const file = page.getByRole('row', { name: /Rente 2026\.pdf/ })
  await expect(file).toContainText('nicht geprüft')
  await expectAccessibleInBothSchemes(page)

  const download = page.waitForEvent('download')
  await file.getByRole('button', { name: /Sichern/ }).click()
  expect(readFileSync(await (await download).path()).equals(smallPdf('Rente'))).toBe(true)
  await page.keyboard.press('z')
  await expect(page.getByText('Frau Sommer').last()).toBeVisible()
  await page.keyboard.press('a')
  await expect(page.getByText('angenommen').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { level: 1, name: 'Posteingang' })).toBeVisible()
})

const PATHS = [
  ...[
    'posteingang',
    'vorgaenge',
    'einlesen',
    'briefe',
    'briefvorschau',
    'aufgaben',
    'rueckmeldungen',
  ],
  'anmelden',
]

test('every page of the office is accessible', async ({ page, desk }) => {
  for (const path of PATHS) {
    await page.goto(`${desk.officeUrl}/${path}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expectAccessibleInBothSchemes(page)
  }
})
