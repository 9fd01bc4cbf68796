// Makes the pictures of docs/pictures from a running installation: `node scripts/pictures.ts`.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { login } from '../test/e2e/support/browser.ts'
import { loginAsClerk, openCase } from '../test/e2e/support/clerk.ts'
import {
  cannotShow,
  declare,
  goToCheck,
  openForm,
  receiptHeading,
  sendButton,
} from '../test/e2e/support/form.ts'
import type { Letter } from '../test/harness/desk.ts'
import { eventually, type Installation, startInstallation } from '../test/harness/installation.ts'
import { renderPage } from '../test/harness/render-pdf.ts'
import { ROOT } from './paths.ts'
import { ensureChromium } from './tests/chromium.ts'
import { buildWebApps } from './web/web-apps.ts'

const FOLDER = join(ROOT, 'docs/pictures')
const PHONE = { width: 390, height: 844 }
const LAPTOP = { width: 1280, height: 800 }

interface Look {
  readonly name: string
  readonly viewport: { readonly width: number; readonly height: number }
  readonly colorScheme: 'light' | 'dark'
}

const ON_LAPTOP: Look = { name: 'laptop', viewport: LAPTOP, colorScheme: 'light' }
const LOOKS: readonly Look[] = [
  { name: 'phone', viewport: PHONE, colorScheme: 'light' },
  { name: 'phone-dark', viewport: PHONE, colorScheme: 'dark' },
  ON_LAPTOP,
  { name: 'laptop-dark', viewport: LAPTOP, colorScheme: 'dark' },
]

const print = (line: string) => console.log(line)

const shoot = (page: Page, name: string) =>
  page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' })

async function open(browser: Browser, { viewport, colorScheme }: Look): Promise<Page> {
  const context = await browser.newContext({ viewport, colorScheme, locale: 'de-DE' })
  return context.newPage()
}

async function publicPages(browser: Browser, { publicUrl }: Installation): Promise<void> {
  for (const look of LOOKS) {
    const page = await open(browser, look)
    for (const [name, path] of [
      ['information', '/'],
      ['login', '/anmelden'],
      ['verify', '/beleg-pruefen'],
    ] as const) {
      await page.goto(publicUrl + path)
      await shoot(page, `citizen-${name}-${look.name}`)
    }
    await page.close()
  }
}

async function wayOf(
  browser: Browser,
  at: Installation,
  letter: Letter,
  look: Look,
): Promise<void> {
  const page = await open(browser, look)
  await login(page, at.publicUrl, letter)
  await shoot(page, `citizen-tasks-${look.name}`)
  await openForm(page)
  await shoot(page, `citizen-form-${look.name}`)
  await cannotShow(page)
  await goToCheck(page)
  await shoot(page, `citizen-check-${look.name}`)
  await declare(page)
  await sendButton(page).click()
  await receiptHeading(page).waitFor()
  await page.getByText('Von Ihrer Krankenkasse bestätigt').waitFor()
  await shoot(page, `citizen-receipt-${look.name}`)
  await page.close()
}

async function clerkPages(browser: Browser, at: Installation, letter: Letter): Promise<void> {
  const page = await open(browser, ON_LAPTOP)
  await loginAsClerk(page, at.officeUrl)
  await page.getByRole('row').nth(1).waitFor()
  await shoot(page, 'clerk-inbox')
  await page.goto(`${at.officeUrl}/einsendung?id=${letter.caseId}`)
  await page.getByRole('heading', { name: 'Dokumente' }).waitFor()
  await shoot(page, 'clerk-submission')
  await openCase(page, at.officeUrl, letter.caseId)
  await page.getByRole('heading', { name: 'Verlauf' }).waitFor()
  await shoot(page, 'clerk-case')
  await page.close()
}

/** The first page of the letter, drawn by the browser from the pixels of the PDF. */
async function letterPage(browser: Browser, at: Installation, letter: Letter): Promise<void> {
  const picture = await renderPage(readFileSync(at.postboxFile(letter.caseId)), 0, 1.4)
  const page = await browser.newPage()
  const url = await page.evaluate(
    ({ width, height, base64 }) => {
      const bytes = Uint8ClampedArray.from(atob(base64), (character) => character.charCodeAt(0))
      const canvas = Object.assign(document.createElement('canvas'), { width, height })
      canvas.getContext('2d')?.putImageData(new ImageData(bytes, width, height), 0, 0)
      return canvas.toDataURL('image/png')
    },
    { ...picture, base64: Buffer.from(picture.data).toString('base64') },
  )
  writeFileSync(join(FOLDER, 'letter.png'), Buffer.from(url.split(',')[1] ?? '', 'base64'))
  await page.close()
}

await buildWebApps(print)
mkdirSync(FOLDER, { recursive: true })
const browser = await chromium.launch({
  executablePath: ensureChromium(print),
  args: ['--no-sandbox', '--disable-gpu'],
})
const at = await startInstallation()
try {
  const first = await at.letter()
  await publicPages(browser, at)
  await letterPage(browser, at, first)
  for (const look of LOOKS) {
    const letter = look === ON_LAPTOP ? first : await at.letter()
    await wayOf(browser, at, letter, look)
  }
  await eventually('all arrived', async () => {
    const list = await at.office.inbox()
    return list.ok && list.value.items.length === LOOKS.length
  })
  await clerkPages(browser, at, first)
} finally {
  await browser.close()
  await at.remove()
}
