// "Wie benutze ich die Einmal-PIN?": the whole way of one letter, from the postbox to checked data in the office.

import { jpegTraits } from '../harness/exif.ts'
import { colourAt, renderPage } from '../harness/render-pdf.ts'
import { smallPdf } from '../harness/small-pdf.ts'
import { expect, expectTaskList, fillLogin, loginButton, test } from './support/browser.ts'
import {
  declare,
  goToCheck,
  openForm,
  receiptHeading,
  receiptNumber,
  remark,
  requested,
  saved,
  sendButton,
} from './support/form.ts'
import { exportedFiles, inboxItem } from './support/inbox.ts'
import { phonePhoto } from './support/photo.ts'

const PENSION = 'Rentenbescheid vom Juli 2026'
const TAX = 'Einkommensteuerbescheid 2025'
const TWO_DOCUMENTS = {
  prefill: {
    anforderungen: [
      { art: 'rente', bezeichnung: PENSION },
      { art: 'steuer', bezeichnung: TAX },
    ],
  },
}

test('from the letter to the receipt that the insurer has confirmed', async ({ page, desk }) => {
  const letter = await desk.letter(TWO_DOCUMENTS)

  await page.goto(desk.publicUrl)
  await page.getByRole('link', { name: 'Jetzt anmelden' }).click()
  await fillLogin(page, letter)
  await loginButton(page).click()
  await expectTaskList(page)
  await expect(page.getByText(`Aktenzeichen ${letter.person.caseRef}`)).toBeVisible()
  const asked = page.getByRole('region', { name: 'Angeforderte Unterlagen' })
  await expect(asked.getByText(PENSION)).toBeVisible()
  await expect(asked.getByText(TAX)).toBeVisible()

  await openForm(page)
  const photo = await phonePhoto(page)
  expect(jpegTraits(photo)).toEqual({ width: 4000, height: 3000, exif: true })
  const pension = requested(page, PENSION)
  await pension.getByLabel('Ja, ich lade sie jetzt hoch').check()
  await pension
    .getByLabel('Foto aufnehmen')
    .setInputFiles({ name: 'IMG_0815.jpg', mimeType: 'image/jpeg', buffer: photo })
  const tax = requested(page, TAX)
  await tax.getByLabel('Ja, ich lade sie jetzt hoch').check()
  await tax.getByLabel('Datei wählen').setInputFiles({
    ...{ name: 'Steuer.pdf', mimeType: 'application/pdf' },
    buffer: smallPdf('Steuerbescheid 2025'),
  })
  await remark(page).fill('Der Bescheid kam erst gestern.')
  await expect(pension.getByText('hochgeladen', { exact: true })).toBeVisible()
  await expect(tax.getByText('hochgeladen', { exact: true })).toBeVisible()
  await expect(saved(page)).toBeVisible()

  await goToCheck(page)
  await expect(page.getByText('IMG_0815.pdf', { exact: true })).toBeVisible()
  await expect(page.getByText('Der Bescheid kam erst gestern.')).toBeVisible()
  await declare(page)
  await sendButton(page).click()

  await expect(receiptHeading(page)).toBeVisible()
  const number = await receiptNumber(page)
  await expect(page.getByText('Von Ihrer Krankenkasse bestätigt')).toBeVisible()
  await expect(page.getByText('Der Bescheid kam erst gestern.')).toBeVisible()

  const item = await inboxItem(desk, letter.caseId)
  expect(item.receiptNumber).toBe(number)
  expect(item.documentList.map(({ name }) => name).sort()).toEqual(['IMG_0815.pdf', 'Steuer.pdf'])

  const files = await exportedFiles(desk, letter.caseId)
  const picture = files.find(({ path }) => path.includes('img-0815'))
  expect(picture).toBeDefined()
  await expectUprightWithoutTraces(picture?.bytes ?? new Uint8Array())
})

/** What the office holds of the photo: portrait, red corner at the top right, no camera and no place. */
async function expectUprightWithoutTraces(pdf: Uint8Array): Promise<void> {
  const text = Buffer.from(pdf).toString('latin1')
  for (const trace of ['Exif', 'Musterphone', 'GPS']) expect(text).not.toContain(trace)
  const { width, height, exif } = jpegTraits(pdf)
  expect(exif).toBe(false)
  expect(height).toBeGreaterThan(width)
  const sheet = await renderPage(pdf)
  expect(sheet.height).toBeGreaterThan(sheet.width)
  const [red, green, blue] = colourAt(sheet, 0.95, 0.05)
  expect(red).toBeGreaterThan(180)
  expect(green + blue).toBeLessThan(120)
  const [, greenLeft] = colourAt(sheet, 0.05, 0.05)
  expect(greenLeft).toBeGreaterThan(180)
}
