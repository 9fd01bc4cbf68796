// The photo lane: several sheets in one document, changed before and after the upload, on this device and another; and every bad file.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { root } from '../harness/installation.ts'
import { rows } from '../harness/rows.ts'
import { smallPdf } from '../harness/small-pdf.ts'
import { expect, expectAccessibleInBothSchemes, login, test } from './support/browser.ts'
import { goToCheck, openForm, requested, saved } from './support/form.ts'
import { type DrawnSheet, drawnPhoto, phonePhoto } from './support/photo.ts'

const ASKED = /Rentenbescheid/
const ENCRYPTED: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(root, 'apps/citizen/src/documents/encrypted-pdfs.fixture.json'), 'utf8'),
)

const jpeg = (name: string, buffer: Buffer) => ({ name, mimeType: 'image/jpeg', buffer })
const pdf = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/pdf', buffer })

async function openSlot(page: Page): Promise<Locator> {
  await openForm(page)
  const slot = requested(page, ASKED)
  await slot.getByLabel('Ja, ich lade sie jetzt hoch').check()
  return slot
}

/** The sheets as they are shown: colour of the middle and quarter turns. */
const shownSheets = (slot: Locator) =>
  slot.locator('.sheet img').evaluateAll(async (pictures) => {
    const told: string[] = []
    for (const picture of pictures as HTMLImageElement[]) {
      await picture.decode()
      const paint = new OffscreenCanvas(1, 1).getContext('2d')
      const { naturalWidth: width, naturalHeight: height } = picture
      paint?.drawImage(picture, width / 2, height / 2, 1, 1, 0, 0, 1, 1)
      const [red = 0, green = 0, blue = 0] = paint?.getImageData(0, 0, 1, 1).data ?? []
      const strongest = Math.max(red, green, blue)
      const colour = red === strongest ? 'red' : green === strongest ? 'lime' : 'blue'
      told.push(`${colour} ${/picture--(\d+)/.exec(picture.className)?.[1] ?? 0}`)
    }
    return told
  })

const expectSheets = (slot: Locator, sheets: readonly string[]) =>
  expect.poll(() => shownSheets(slot)).toEqual(sheets)

/** A button of one sheet. */
const tool = (slot: Locator, name: string, number: number) =>
  slot.getByRole('button', { name: new RegExp(`^${name}.*Blatt ${number}$`) })

const uploaded = (slot: Locator) => slot.getByText('hochgeladen', { exact: true })
const spoken = (page: Page, text: string) =>
  expect(page.getByRole('status').filter({ hasText: text })).toBeAttached()

async function chooseBehind(page: Page, button: Locator, buffer: Buffer): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await button.click()
  await (await chooser).setFiles(jpeg('noch-eins.jpg', buffer))
}

test('sheets are turned, moved, taken again and deleted, also after the upload and a reload', async ({
  page,
  desk,
  databases,
}) => {
  const letter = await desk.letter()
  await page.setViewportSize({ width: 390, height: 844 })
  await login(page, desk.publicUrl, letter)
  const slot = await openSlot(page)
  const draw = (sheet: DrawnSheet) => drawnPhoto(page, sheet)
  await slot
    .getByLabel('Datei wählen')
    .setInputFiles([
      jpeg('IMG_1.jpg', await draw({ colour: 'red' })),
      jpeg('IMG_2.jpg', await draw({ colour: 'lime', flaw: 'dark' })),
      jpeg('IMG_3.jpg', await draw({ colour: 'blue', flaw: 'cut' })),
    ])
  await expectSheets(slot, ['red 0', 'lime 0', 'blue 0'])
  await expect(slot.locator('.sheet__warning')).toHaveText([
    /^Blatt 2: Das Foto ist dunkel/,
    /^Blatt 3: Vielleicht fehlt ein Rand/,
  ])
  await expect(uploaded(slot)).toBeVisible()
  await expectAccessibleInBothSchemes(page)

  await tool(slot, 'Links drehen', 1).press('Enter')
  await spoken(page, 'Blatt 1 ist nach links gedreht.')
  await tool(slot, 'Nach unten', 1).press('Enter')
  await spoken(page, 'Das ist jetzt Blatt 2 von 3.')
  await expect(tool(slot, 'Nach unten', 2)).toBeFocused()
  await tool(slot, 'Löschen', 1).press('Enter')
  await spoken(page, 'Blatt 1 ist gelöscht. Blätter jetzt: 2.')
  await expectSheets(slot, ['red 270', 'blue 0'])
  const again = tool(slot, 'Neues Foto', 2)
  await chooseBehind(page, again, await draw({ colour: 'lime', flaw: 'soft' }))
  await spoken(page, 'Blatt 2 ist neu aufgenommen.')
  await expect(slot.locator('.sheet__warning')).toHaveText([/^Blatt 2: Das Foto wirkt unscharf/])
  await chooseBehind(
    page,
    slot.getByRole('button', { name: /^Weitere Seite aus Datei/ }),
    await phonePhoto(page),
  )
  await expect(slot.locator('.sheet')).toHaveCount(3)
  await expect(slot.getByText(/wird gespeichert/)).toBeHidden()
  await expect(uploaded(slot)).toBeVisible()
  await expect(saved(page)).toBeVisible()

  // The phone's photo lies on its side with a note to turn it: it stands upright.
  await slot.getByRole('button', { name: 'Blatt 3 vergrößern' }).click()
  const picture = page.getByRole('dialog', { name: 'Blatt 3' }).getByRole('img')
  const isUpright = (image: HTMLImageElement) => image.naturalHeight > image.naturalWidth
  await expect.poll(() => picture.evaluate(isUpright)).toBe(true)
  await expectAccessibleInBothSchemes(page)
  await page.keyboard.press('Escape')
  await expect(slot.getByRole('button', { name: 'Blatt 3 vergrößern' })).toBeFocused()

  await page.reload()
  await slot.getByRole('button', { name: /^Ansehen/ }).click()
  await expect(slot.locator('.sheet')).toHaveCount(3)
  expect((await shownSheets(slot)).slice(0, 2)).toEqual(['red 270', 'lime 0'])
  // The tab dies while the changed document is on its way: the old one stays until the new one is safe.
  await page.route('**/parts/*', (route) => route.abort())
  await tool(slot, 'Rechts drehen', 1).click()
  await tool(slot, 'Löschen', 3).click()
  await expect(slot.getByText(/unterbrochen/)).toBeVisible()
  const stored = (complete: boolean) =>
    rows(
      databases,
      'portal',
      'select document_id from documents where case_id = $1 and complete = $2',
      [letter.caseId, complete],
    )
  const [old] = await stored(true)
  expect(await stored(false)).toHaveLength(1)
  await page.unroute('**/parts/*')
  await page.reload()
  await expect(uploaded(slot)).toBeVisible()
  await slot.getByRole('button', { name: /^Ansehen/ }).click()
  await expectSheets(slot, ['red 0', 'lime 0'])
  await expect.poll(async () => (await stored(true)).length).toBe(1)
  expect(await stored(true)).not.toEqual([old])
  expect(await stored(false)).toEqual([])
})

test('each bad file is named with what to do, and the good ones of the same choice are kept', async ({
  page,
  desk,
}) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  const slot = await openSlot(page)
  const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic0000mif1heic')])
  const open = Buffer.from(ENCRYPTED['R6-open'] ?? '', 'base64')
  const locked = Buffer.from(ENCRYPTED['R6-locked'] ?? '', 'base64')
  const png = Buffer.from('89504e470d0a1a0a0000', 'hex')
  await slot
    .getByLabel('Datei wählen')
    .setInputFiles([
      jpeg('gut.jpg', await drawnPhoto(page, { colour: 'red' })),
      { name: 'iphone.heic', mimeType: 'image/heic', buffer: heic },
      { name: 'kaputt.png', mimeType: 'image/png', buffer: png },
      { name: 'notiz.txt', mimeType: 'text/plain', buffer: Buffer.from('Hallo') },
      pdf('leer.pdf', Buffer.alloc(0)),
      pdf('brief.pdf', Buffer.from('PK\u0003\u0004 word/document.xml')),
      pdf('geheim.pdf', locked),
      pdf('nur-druckschutz.pdf', open),
      pdf('riesig.pdf', Buffer.concat([smallPdf('x'), Buffer.alloc(26 * 1024 * 1024)])),
    ])
  for (const [name, message] of [
    ['iphone.heic', /HEIC/],
    ['kaputt.png', /lässt sich nicht lesen/],
    ['notiz.txt', /Dateiformat/],
    ['leer.pdf', /leer/],
    ['brief.pdf', /kein lesbares PDF/],
    ['geheim.pdf', /mit einem Passwort geschützt/],
    ['riesig.pdf', /größer als 25 MB/],
  ] as const) {
    await expect(slot.getByRole('listitem').filter({ hasText: name })).toContainText(message)
  }
  await expect(uploaded(slot)).toHaveCount(2)
  await expectAccessibleInBothSchemes(page)
  await slot.getByRole('button', { name: /^Entfernen.*notiz.txt/ }).click()
  await expect(slot.getByText('notiz.txt')).toBeHidden()
  await expect(slot.getByLabel('Datei wählen')).toBeFocused()
  const dataTransfer = await page.evaluateHandle(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['x'], 'gezogen.txt', { type: 'text/plain' }))
    return transfer
  })
  await slot.locator('.picker').dispatchEvent('drop', { dataTransfer })
  await expect(slot.getByText('gezogen.txt', { exact: true })).toBeVisible()

  // Two are there; a case takes forty.
  const many = Array.from({ length: 39 }, (_, at) => pdf(`blatt-${at + 1}.pdf`, smallPdf('Blatt')))
  await slot.getByLabel('Datei wählen').setInputFiles(many)
  const last = slot.getByRole('listitem').filter({ hasText: 'blatt-39.pdf' })
  await expect(last).toContainText(/höchstens 40 Dokumente/)
  await expect(uploaded(slot)).toHaveCount(40)
})

test('what another device has begun is followed, and blocks sending until it is taken again here', async ({
  newDevice,
  desk,
}) => {
  const letter = await desk.letter()
  const phone = await newDevice()
  await login(phone, desk.publicUrl, letter)
  const begun = await openSlot(phone)
  const cut = () => phone.route('**/parts/*', (route) => route.abort())
  const choose = (name: string) =>
    begun.getByLabel('Datei wählen').setInputFiles(pdf(name, smallPdf('Bescheid')))
  await cut()
  await choose('Bescheid.pdf')
  await expect(begun.getByText(/unterbrochen/)).toBeVisible()
  await expect(saved(phone)).toBeVisible()

  const laptop = await newDevice()
  await login(laptop, desk.publicUrl, letter)
  await openForm(laptop)
  const slot = requested(laptop, ASKED)
  const isIncomplete = slot.getByText('unvollständig', { exact: true })
  await expect(isIncomplete).toBeVisible()
  await phone.unroute('**/parts/*')
  await expect(uploaded(slot)).toHaveCount(1)
  await cut()
  await choose('Anlage.pdf')
  await expect(isIncomplete).toBeVisible()
  await phone.context().close()

  await goToCheck(laptop)
  const blocked = laptop.getByText('Diese Dokumente sind noch nicht vollständig')
  await expect(blocked).toBeVisible()
  await laptop.getByRole('link', { name: 'Anlage.pdf' }).click()
  await expect(isIncomplete).toBeVisible()
  const again = slot.getByRole('button', { name: /^Hier neu aufnehmen/ })
  await chooseBehind(laptop, again, await drawnPhoto(laptop, { colour: 'blue' }))
  await expect(uploaded(slot)).toHaveCount(2)
  await expectSheets(slot, ['blue 0'])
  await expect(slot.getByText('Anlage.pdf')).toBeHidden()
  await goToCheck(laptop)
  await expect(blocked).toBeHidden()
})
