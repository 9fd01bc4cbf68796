// "Absenden" works once: whatever is pressed twice, repeated or lost on the way, there is one submission with one number.
import type { Page, Route } from '@playwright/test'
import { textOfPdf } from '../harness/letter-reader.ts'
import { rows } from '../harness/rows.ts'
import { expect, login, test } from './support/browser.ts'
import {
  cannotShow,
  declare,
  goToCheck,
  openForm,
  receiptHeading,
  receiptNumber,
  sendButton,
} from './support/form.ts'
import { inboxItem } from './support/inbox.ts'

const SUBMISSION = '**/submission'

async function readyToSend(page: Page): Promise<void> {
  await openForm(page)
  await cannotShow(page)
  await goToCheck(page)
  await declare(page)
}

test('a double click makes one submission', async ({ page, desk, databases }) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await readyToSend(page)
  const requests: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/submission'))
      requests.push(request.headers()['idempotency-key'] ?? '')
  })
  await sendButton(page).dblclick()
  const number = await receiptNumber(page)
  expect(new Set(requests).size).toBe(1)
  const stored = await rows(
    databases,
    'portal',
    'select receipt_number from submissions where case_id = $1',
    [letter.caseId],
  )
  expect(stored).toEqual([{ receipt_number: number }])
  expect((await inboxItem(desk, letter.caseId)).receiptNumber).toBe(number)
})

test('a lost answer: the page asks again and shows the number that was given', async ({
  page,
  desk,
}) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await readyToSend(page)
  let given = ''
  await page.route(
    SUBMISSION,
    loseFirstAnswer((body) => (given = body.receiptNumber)),
  )
  await sendButton(page).click()
  expect(await receiptNumber(page)).toBe(given)
  expect((await inboxItem(desk, letter.caseId)).receiptNumber).toBe(given)
})

test('a tab that reloads while sending goes on with the same submission', async ({
  page,
  desk,
}) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await readyToSend(page)
  const keys: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/submission')) keys.push(request.headers()['idempotency-key'] ?? '')
  })
  await page.route(SUBMISSION, (route) => route.abort())
  await sendButton(page).click()
  await expect(page.getByText(/Es wird nichts doppelt abgeschickt/)).toBeVisible()
  await page.unroute(SUBMISSION)
  await page.reload()
  await expect(receiptHeading(page)).toBeVisible()
  expect(new Set(keys).size).toBe(1)
})

test('the same request again gets the same receipt', async ({ page, desk }) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await readyToSend(page)
  const sending = page.waitForRequest(SUBMISSION)
  await sendButton(page).click()
  const number = await receiptNumber(page)
  const request = await sending
  const again = await page.evaluate(
    async ([url, key, body]) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key }
      const answer = await fetch(url, { method: 'POST', headers, body })
      return (await answer.json()).receiptNumber
    },
    [request.url(), request.headers()['idempotency-key'] ?? '', request.postData() ?? ''] as const,
  )
  expect(again).toBe(number)
})

test('the receipt stays after a reload, with a copy of what was sent', async ({ page, desk }) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await readyToSend(page)
  await sendButton(page).click()
  const number = await receiptNumber(page)
  await page.reload()
  expect(await receiptNumber(page)).toBe(number)
  await expect(page.getByText('Beim Umzug verloren')).toBeVisible()
  await expect(page.getByText(/Unterschrift dieser Bestätigung wurde .* geprüft/)).toBeVisible()
  await expect(page.getByRole('button', { name: /Drucken/ })).toBeVisible()
  await page.goto(`${desk.publicUrl}/vorgang/formular`)
  await expect(receiptHeading(page)).toBeVisible()
})

test('the receipt is printed with the copy of what was sent, and nothing to press', async ({
  page,
  desk,
}) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await readyToSend(page)
  await sendButton(page).click()
  const number = await receiptNumber(page)
  const time = (await page.getByText(/^\d\d\.\d\d\.\d{4}.* Uhr$/).textContent()) ?? 'no time'
  await expect(page.getByText('Von Ihrer Krankenkasse bestätigt')).toBeVisible()
  const pages = await textOfPdf(await page.pdf({ format: 'A4', printBackground: false }))
  const paper = pages.join(' ').replace(/\s+/g, ' ')
  const wanted = [number, time.replace(/\s+/g, ' '), letter.person.caseRef, 'Beim Umzug verloren']
  for (const text of [...wanted, 'Rentenbescheid vom Juli 2026', 'Ich selbst', 'Musterkasse']) {
    expect(paper).toContain(text)
  }
  for (const pressed of ['Drucken', 'Abmelden', 'Leichte Sprache', 'English', 'Impressum']) {
    expect(paper).not.toContain(pressed)
  }
})

test('what is missing is named before sending, and nothing is sent', async ({ page, desk }) => {
  const letter = await desk.letter()
  await login(page, desk.publicUrl, letter)
  await page.getByRole('button', { name: 'Angaben prüfen' }).click()
  await expect(page.getByText('Das fehlt noch')).toBeVisible()
  await sendButton(page).click()
  const summary = page.getByRole('region', { name: /Bitte prüfen Sie diese Angaben/ })
  await expect(summary).toBeFocused()
  await expect(summary).toContainText('Wer hat das Formular ausgefüllt?')
  await expect(page).toHaveURL(/\/vorgang\/pruefen$/)
  await expect(page.getByText(/Noch nicht abgeschickt/).first()).toBeVisible()
})

/** The portal takes the first request, but the line breaks before its answer arrives. */
function loseFirstAnswer(seen: (body: { receiptNumber: string }) => void) {
  let lost = false
  return async (route: Route): Promise<void> => {
    if (lost) return route.continue()
    lost = true
    seen(await (await route.fetch()).json())
    await route.abort()
  }
}
