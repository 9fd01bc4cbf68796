// The way through the app as the film shows it: from the information page to the receipt.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import {
  cardField,
  cardSuffixOf,
  expectTaskList,
  kvnrField,
  loginButton,
  pinField,
} from '../../test/e2e/support/browser.ts'
import { declare, receiptHeading, saved, sendButton } from '../../test/e2e/support/form.ts'
import type { Letter } from '../../test/harness/desk.ts'
import { scrollTo, tap, type } from './hand.ts'
import type { Recorder } from './recording.ts'

const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name, exact: true })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

export async function walkThrough(
  page: Page,
  { step, running }: Recorder,
  publicUrl: string,
  letter: Letter,
): Promise<void> {
  running(false)
  const photo = await paperPhoto(page)
  await page.goto(publicUrl)
  running(true)
  await step('information', () => sleep(5_500))
  await step('open', async () => {
    await tap(page, link(page, 'Jetzt anmelden'))
    await page.locator('#svelte-announcer').waitFor({ state: 'attached' })
  })
  await step('kvnr', () => type(page, kvnrField(page), letter.person.kvnr))
  await step('card', () => type(page, cardField(page), cardSuffixOf(letter)))
  await step('pin', () => type(page, pinField(page), letter.pin.replaceAll(/\d{4}(?=\d)/g, '$& ')))
  await step('login', async () => {
    await tap(page, loginButton(page))
    await sleep(1_500)
    // How long a busy machine needs to unlock is nothing to watch.
    running(false)
    await expectTaskList(page)
    running(true)
  })
  await step('tasks', async () => {
    await sleep(3_500)
    await scrollTo(link(page, 'Ihre Unterlagen'))
    await sleep(2_000)
  })
  await step('form', async () => {
    await tap(page, link(page, 'Ihre Unterlagen'))
    await sleep(2_500)
  })
  await step('choose', async () => {
    await tap(page, page.getByText('Ja, ich lade sie jetzt hoch'))
    await sleep(1_500)
  })
  await step('photo', async () => {
    const camera = page.getByText('Foto aufnehmen')
    await scrollTo(camera)
    await sleep(1_200)
    await page
      .locator('input[capture]')
      .setInputFiles({ name: 'Foto.jpg', mimeType: 'image/jpeg', buffer: photo })
    await page.getByText('hochgeladen').first().waitFor()
    await saved(page).first().waitFor()
    await sleep(2_500)
  })
  await step('check', async () => {
    await tap(page, button(page, 'Weiter'))
    await tap(page, button(page, 'Angaben prüfen'))
    await sleep(3_000)
  })
  await step('declare', async () => {
    await scrollTo(page.getByLabel('Ich selbst'))
    await sleep(800)
    await declare(page)
    await sleep(1_200)
    await tap(page, sendButton(page))
    await receiptHeading(page).waitFor()
  })
  await step('receipt', async () => {
    await page.getByText('Von Ihrer Krankenkasse bestätigt').waitFor()
    await sleep(6_500)
  })
}

/** An invented paper on a table, as a phone would take it. */
async function paperPhoto(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(1800, 2400)
    const paint = canvas.getContext('2d')
    if (paint === null) throw new Error('no canvas')
    paint.fillStyle = '#6b5444'
    paint.fillRect(0, 0, 1800, 2400)
    paint.fillStyle = '#fdfcf7'
    paint.fillRect(140, 140, 1520, 2120)
    paint.fillStyle = '#222'
    paint.font = 'bold 92px sans-serif'
    paint.fillText('Bescheinigung (Muster)', 260, 420)
    paint.font = '52px sans-serif'
    for (let line = 0; line < 16; line += 1) {
      paint.fillText('Erfundener Text für diesen Film', 260, 600 + line * 92)
    }
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })
    let text = ''
    for (const byte of new Uint8Array(await blob.arrayBuffer())) text += String.fromCharCode(byte)
    return btoa(text)
  })
  return Buffer.from(base64, 'base64')
}
