// The saved receipt: one file that is read offline and printed, and that anybody can check; one changed character fails.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from '@playwright/test'
import { allViolations, expectAccessible } from './support/axe.ts'
import { expect, login, test, visit } from './support/browser.ts'
import { fillAndSend } from './support/form.ts'
import { expectFits } from './support/layout.ts'
import { findingsInFile } from './support/markup.ts'

const chooser = (page: Page) => page.getByLabel('Beleg auswählen')
const choose = (page: Page, name: string, text: string) =>
  chooser(page).setInputFiles({ name, mimeType: 'text/html', buffer: Buffer.from(text) })
const genuine = (page: Page) => page.getByText('Dieser Beleg ist echt und unverändert')
const refused = (page: Page) => page.getByText('Dieser Beleg ist nicht in Ordnung')

test('saved, read offline, checked, and refused with one character changed', async ({
  page,
  newDevice,
  desk,
  browser,
}) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  const number = await fillAndSend(page)
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Beleg speichern' }).click()
  const download = await saving
  expect(download.suggestedFilename()).toBe(`Beleg-${number}.html`)
  const file = await readFile(await download.path(), 'utf8')

  await test.step('the file itself: complete, valid, accessible, without a line', async () => {
    expect(await findingsInFile(file)).toEqual([])
    const folder = await mkdtemp(join(tmpdir(), 'ep-beleg-'))
    const context = await browser.newContext({ offline: true, javaScriptEnabled: true })
    try {
      const path = join(folder, 'Beleg.html')
      await writeFile(path, file)
      const reader = await context.newPage()
      await reader.goto(pathToFileURL(path).href)
      await expect(reader.getByRole('heading', { level: 1 })).toHaveText('Eingangsbestätigung')
      await expect(reader.getByText(number)).toBeVisible()
      await expect(reader.getByText('Beim Umzug verloren')).toBeVisible()
      expect(await allViolations(reader, 'light')).toEqual([])
      await expectFits(reader)
    } finally {
      await context.close()
      await rm(folder, { recursive: true, force: true })
    }
  })

  const anybody = await newDevice()
  await visit(anybody, `${desk.publicUrl}/beleg-pruefen`)
  await choose(anybody, 'Beleg.html', file)
  await expect(genuine(anybody)).toBeVisible()
  await expect(anybody.getByText(`Eingangsnummer ${number}`)).toBeVisible()
  await expectAccessible(anybody)
  await expectFits(anybody)

  await choose(anybody, 'Beleg.html', file.replace('<dd>Beim Umzug', '<dd>Beim Umzuq'))
  await expect(refused(anybody)).toBeVisible()
  await expect(genuine(anybody)).toBeHidden()
  await expect(anybody.getByText('Der sichtbare Text der Datei wurde verändert.')).toBeVisible()
  await choose(anybody, 'Foto.html', '<h1>Beleg</h1>')
  await expect(anybody.getByText('Das ist kein gespeicherter Beleg.')).toBeVisible()
  await expectAccessible(anybody)
})
