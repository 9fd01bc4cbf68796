// Makes the pictures of docs/pictures from an installation of its own: `node scripts/pictures.ts`.
import { mkdirSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { startInstallation } from '../test/harness/installation.ts'
import { answerFamily, answerOnPhone, publicPages } from './pictures/citizen.ts'
import { clerkPages } from './pictures/clerk.ts'
import { letterPage } from './pictures/letter.ts'
import { othersAnswer, PEOPLE } from './pictures/people.ts'
import { FOLDER } from './pictures/shoot.ts'
import { ensureChromium } from './tests/chromium.ts'
import { buildWebApps } from './web/web-apps.ts'

/** What the letter shows; the browser is served from loopback all the same. */
const SHOWN_ADDRESS = 'https://antworten.musterkasse.example'

const print = (line: string) => console.log(line)
await buildWebApps(print)
mkdirSync(FOLDER, { recursive: true })
const browser = await chromium.launch({
  executablePath: ensureChromium(print),
  args: ['--no-sandbox', '--disable-gpu'],
})
const desk = await startInstallation({ EP_PUBLIC_URL: SHOWN_ADDRESS })
try {
  const phone = await desk.letter(PEOPLE.erika)
  const family = await desk.letter(PEOPLE.eva)
  await publicPages(browser, desk.publicUrl)
  await letterPage(browser, desk.postboxFile(phone.caseId))
  await othersAnswer(desk)
  await answerOnPhone(browser, desk.publicUrl, phone)
  await answerFamily(browser, desk.publicUrl, family)
  await clerkPages(browser, desk.officeUrl, family)
} finally {
  await browser.close()
  await desk.remove()
}
