// The clerk and the letters: a print run from start to release, what was refused, what came back, what was posted late, how a letter looks.
import type { Locator, Page } from '@playwright/test'
import { expectOk } from '../harness/desk.ts'
import { type Installation, startInstallation } from '../harness/installation.ts'
import { rows } from '../harness/rows.ts'
import { syntheticCase } from '../harness/synthetic.ts'
import { expect, expectAccessibleInBothSchemes, test, visit } from './support/browser.ts'
import { confirmAction, loginAsClerk, openCase } from './support/clerk.ts'
import { expectSeenInForcedColours } from './support/forced-colours.ts'
import { expectFits } from './support/layout.ts'

let desk: Installation

// A run takes every letter that waits: in the shared installation those of other tests, too.
test.beforeAll(async () => {
  desk = await startInstallation()
})
test.afterAll(() => desk.remove())

test.beforeEach(async ({ page }) => {
  await loginAsClerk(page, desk.officeUrl)
})

async function openCases(count: number, change = {}): Promise<string> {
  let caseRef = ''
  for (let index = 0; index < count; index += 1) {
    caseRef = expectOk(await desk.office.openCase(syntheticCase(change))).caseRef
  }
  return caseRef
}

async function postedLetter(): Promise<string> {
  const { caseId } = await desk.letter()
  await expect(async () => {
    expect(expectOk(await desk.office.case(caseId)).rounds[0]?.letterState).toBe('posted')
  }).toPass()
  return caseId
}

async function openLetters(page: Page): Promise<void> {
  await visit(page, `${desk.officeUrl}/briefe`)
  await expect(page.getByRole('heading', { level: 1, name: 'Briefe' })).toBeVisible()
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const run = (page: Page) => page.getByRole('region', { name: /^Lauf vom/ })
const state = (page: Page) => run(page).getByRole('status').first()
const balance = (page: Page, name: string) =>
  run(page).getByLabel('Bilanz').locator('div', { hasText: name }).locator('dd')

test('a run: started, seen on its way, paused, resumed, released, and its balance adds up', async ({
  page,
}) => {
  await openCases(6)
  await openLetters(page)
  await press(page, 'Erst erstellen, später freigeben')
  await press(page, 'Anhalten')
  await expect(state(page)).toContainText('angehalten')
  const progress = run(page).getByRole('progressbar', { name: 'Erstellt und geprüft' })
  await expect(progress).toHaveAttribute('aria-valuetext', /^\d+ von \d+$/)
  await expect(page.locator('#lauf')).toBeFocused()
  await expectAccessibleInBothSchemes(page)
  await expectFits(page)
  await expectSeenInForcedColours(page)
  await press(page, 'Fortsetzen')
  await expect(state(page)).toContainText('wartet auf Freigabe')
  const ordered = (await balance(page, 'Bestellt').textContent()) ?? ''
  await expect(balance(page, 'Offen')).toHaveText(ordered)
  await press(page, 'Freigeben')
  await expect(state(page)).toContainText('fertig')
  await expect(balance(page, 'Übergeben')).toHaveText(ordered)
  await expect(balance(page, 'Offen')).toHaveText('0')
})

test('a run is cancelled after a question only; its letters wait again', async ({ page }) => {
  await openCases(2)
  await openLetters(page)
  await press(page, 'Erst erstellen, später freigeben')
  await expect(state(page)).toContainText('wartet auf Freigabe')
  await press(page, 'Lauf abbrechen')
  const dialog = page.getByRole('dialog', { name: 'Diesen Lauf abbrechen?' })
  await expect(dialog).toContainText('2 Briefe sind noch nicht übergeben')
  await press(page, 'Nicht abbrechen')
  await expect(dialog).toBeHidden()
  await expect(state(page)).toContainText('wartet auf Freigabe')
  await confirmAction(page, 'Lauf abbrechen')
  await expect(state(page)).toContainText('abgebrochen')
  await expect(balance(page, 'Zurückgezogen')).toHaveText('2')
  await expect(page.getByText('2 Briefe warten auf den Druck.')).toBeVisible()
})

test('somebody else was quicker: the refusal is told, and the run shown as it is now', async ({
  page,
}) => {
  await openCases(1)
  await openLetters(page)
  await press(page, 'Erst erstellen, später freigeben')
  await expect(state(page)).toContainText('wartet auf Freigabe')
  const [latest] = expectOk(await desk.office.printRuns()).runs
  const runId = latest?.runId ?? ''
  // Until it asks for something itself, the page has not heard of it.
  const before = expectOk(await desk.office.printRun(runId))
  let hasAsked = false
  await page.route(`**/api/v1/letters/runs/${runId}**`, (route) => {
    hasAsked ||= route.request().method() === 'POST'
    return hasAsked ? route.continue() : route.fulfill({ json: before })
  })
  expectOk(await desk.office.controlRun(runId, 'cancel'))
  await confirmAction(page, 'Lauf abbrechen')
  await expect(run(page).getByRole('alert')).toContainText('Das geht mit diesem Drucklauf jetzt')
  await expect(state(page)).toContainText('abgebrochen')
})

test('a refused letter and a stopped run name their reason', async ({ page }) => {
  const caseRef = await openCases(1, { lastName: 'Bei😀spiel' })
  await openCases(1)
  await openLetters(page)
  await press(page, 'Erst erstellen, später freigeben')
  const refusal = run(page).getByRole('listitem').filter({ hasText: caseRef })
  await expect(refusal).toContainText('kann nicht gedruckt werden')
  await expect(refusal).toContainText('letter.glyph')
  await expect(state(page)).toContainText('wartet auf Freigabe')
  const [latest] = expectOk(await desk.office.printRuns()).runs
  // Nothing a test can order makes a wrong letter; what the letter check notes then stands in the run.
  await rows(
    desk,
    'office',
    "update print_runs set state = 'stopped', code = 'letter.mismatch' where run_id = $1",
    [latest?.runId ?? ''],
  )
  await openLetters(page)
  await expect(state(page)).toContainText('gestoppt')
  await expect(run(page).getByRole('alert')).toContainText('etwas anderes als bestellt')
  await expect(run(page).getByRole('button', { name: 'Freigeben' })).toBeHidden()
  await expectAccessibleInBothSchemes(page)
  await confirmAction(page, 'Lauf abbrechen')
  await refusal.getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: /Bei.*spiel/ })).toBeVisible()
})

async function readIn(page: Page, title: string, name: string, text: string): Promise<Locator> {
  const part = page.getByRole('region', { name: title })
  const file = { name, mimeType: 'text/csv', buffer: Buffer.from(text) }
  await part.locator('input[type=file]').setInputFiles(file)
  await part.getByRole('button', { name: `${title} einlesen` }).click()
  return part
}

const taskOf = (page: Page, caseRef: string) =>
  page.getByRole('row', { name: new RegExp(`${caseRef}\\b`) })
const line = (part: Locator, number: number) =>
  part.getByRole('row', { name: new RegExp(`^${number}\\s+\\S`) })

test('returned mail: a bad line stops the file unless it is to be skipped, and each is named', async ({
  page,
}) => {
  const caseId = await postedLetter()
  await openLetters(page)
  const text = `letterId\nBrief 7\n${caseId}-1;1/2\nnever-1\n`
  const part = await readIn(page, 'Rückläufer', 'rueck.csv', text)
  await expect(part.getByRole('alert')).toContainText('Es wurde nichts übernommen')
  await expect(line(part, 2)).toContainText('import.letterId')
  expect(expectOk(await desk.office.case(caseId)).rounds[0]?.letterState).toBe('posted')

  await part.getByLabel(/überspringen/).check()
  await part.getByRole('button', { name: 'Rückläufer einlesen' }).click()
  await expect(part.getByRole('status')).toContainText('1 Brief als zurückgekommen eingetragen.')
  await expect(line(part, 2)).toContainText('import.letterId')
  await expect(line(part, 4)).toContainText('letter.none')
  await expect(line(part, 3)).toBeHidden()
  await expectAccessibleInBothSchemes(page)
  await expectFits(page)
  await openCase(page, desk.officeUrl, caseId)
  await expect(page.getByText('Brief zurückgekommen, PIN gesperrt')).toBeVisible()
  await expect(page.getByText('zurückgekommen', { exact: true })).toBeVisible()
  await visit(page, `${desk.officeUrl}/aufgaben`)
  const { caseRef } = expectOk(await desk.office.case(caseId))
  const task = taskOf(page, caseRef)
  await expect(task).toContainText('Bitte die Anschrift klären')
  await task.getByRole('button', { name: /Erledigt/ }).click()
  await expect(task).toBeHidden()
})

test('no file, a wrong file, a picture: said in words, and nothing breaks', async ({ page }) => {
  await openLetters(page)
  const part = page.getByRole('region', { name: 'Rückläufer' })
  await part.getByRole('button', { name: 'Rückläufer einlesen' }).click()
  await expect(part.getByRole('alert')).toContainText('Bitte wählen Sie eine Datei.')
  const cases = [
    ['Rückläufer', 'Brief,Grund\nx,y\n', 'In der Kopfzeile fehlt eine Spalte'],
    ['Rückläufer', 'letterId\n', 'keine Zeile mit einem Brief'],
    ['Stand vom Druckzentrum', '{"letters":', 'keine Statusdatei des Druckzentrums'],
    ['Stand vom Druckzentrum', 'letterId,outcome,printedOn,postedOn\n', 'keine Zeile'],
  ] as const
  for (const [title, text, said] of cases) {
    const answered = await readIn(page, title, 'datei.csv', text)
    await expect(answered.getByRole('alert')).toContainText(said)
  }
  await part.locator('input[type=file]').setInputFiles({
    ...{ name: 'foto.csv', mimeType: 'text/csv', buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0]) },
  })
  await part.getByRole('button', { name: 'Rückläufer einlesen' }).click()
  await expect(part.getByRole('alert')).toContainText('keine lesbare CSV-Datei')
})

test('posted late: the status file opens a task, and "Frist neu" gives the days back', async ({
  page,
}) => {
  const caseId = await postedLetter()
  // As if the print centre had left the letter lying for six days.
  const [row] = await rows(
    desk,
    'office',
    `update rounds set letter_state = 'printed', posted_on = null,
       letter_date = letter_date - 6, last_day = last_day - 6 where case_id = $1
     returning (letter_date + 6)::text as today`,
    [caseId],
  )
  const today = String(row?.['today'])
  await openLetters(page)
  const head = 'letterId,outcome,printedOn,postedOn'
  const title = 'Stand vom Druckzentrum'
  const future = `${head}\n\n${caseId}-1,posted,,2999-01-01\n`
  const part = await readIn(page, title, 'stand.csv', future)
  await expect(line(part, 3)).toContainText('import.future')
  await readIn(page, title, 'stand.csv', `${head}\n${caseId}-1,posted,,${today}\n`)
  await expect(part.getByRole('status')).toContainText('1 Brief mit neuem Stand.')

  await visit(page, `${desk.officeUrl}/aufgaben`)
  const { caseRef, lastDay } = expectOk(await desk.office.case(caseId))
  const task = taskOf(page, caseRef)
  await expect(task).toContainText('mehr als drei Tage nach seinem Datum')
  await task.getByRole('link').click()
  await confirmAction(page, 'Frist neu')
  await expect(page.getByText('Frist neu gesetzt')).toBeVisible()
  const longer = expectOk(await desk.office.case(caseId)).lastDay ?? ''
  expect(longer > (lastDay ?? '')).toBe(true)
  await visit(page, `${desk.officeUrl}/aufgaben`)
  await expect(page.getByRole('heading', { level: 1, name: 'Aufgaben' })).toBeVisible()
  await expect(task).toBeHidden()
})

test('how a letter looks: every choice gives a PDF of its own', async ({ page }) => {
  await openLetters(page)
  await page.getByRole('link', { name: 'So sehen die Briefe aus' }).click()
  const link = page.getByRole('link', { name: /PDF in neuem Fenster/ })
  await expect(link).toBeVisible()
  await expectAccessibleInBothSchemes(page)
  await expectFits(page)
  await page.getByLabel('Gefragt bei der Anmeldung').selectOption('Geburtsdatum')
  await page.getByLabel('Sprache', { exact: true }).selectOption('Leichte Sprache')
  await page.getByLabel('Variante').selectOption('Großdruck')
  const answer = page.waitForResponse((one) => one.url().includes('secondFactor=birthdate'))
  await press(page, 'Ansehen')
  expect((await answer).headers()['content-type']).toBe('application/pdf')
  await expect(link).toHaveAttribute('href', /language=de-simple/)
  await expect(page.locator('iframe.letter')).toHaveAttribute('src', /secondFactor=birthdate/)
})
