// What every browser test stands on: the insurer's desk, more devices, the login, and the look at accessibility.
import { type Browser, test as base, expect, type Page } from '@playwright/test'
import { Desk, type Letter } from '../../harness/desk.ts'
import type { DatabaseUrls } from '../../harness/rows.ts'
import { sharedAddress } from './address.ts'
import { expectAccessible } from './axe.ts'

/** Unlocking may wait for a busy machine; everything behind it is quick. */
export const LOGIN_MILLISECONDS = 90_000

interface Fixtures {
  readonly desk: Desk
  /** Both zones' databases, for what only an administrator or a thief could do. */
  readonly databases: DatabaseUrls
  /** A page of somebody's own: a device that shares nothing with the others. */
  readonly newDevice: () => Promise<Page>
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
  desk: async ({}, use) => {
    await use(new Desk(sharedAddress()))
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
  databases: async ({}, use) => {
    const { databases } = sharedAddress()
    await use({ database: { url: (zone) => databases[zone] } })
  },
  newDevice: async ({ browser }, use) => {
    const open: Page[] = []
    const complaints: string[] = []
    await use(async () => {
      const page = await openDevice(browser)
      listen(page, complaints)
      open.push(page)
      return page
    })
    await Promise.all(open.map((page) => page.context().close()))
    expect(complaints).toEqual([])
  },
  page: async ({ page }, use) => {
    const complaints: string[] = []
    listen(page, complaints)
    await use(page)
    expect(complaints).toEqual([])
  },
})

/** No page may break, nor try what its own security policy forbids. */
function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML|TrustedScript/.test(message.text())) {
      complaints.push(message.text())
    }
  })
}

export { expect }

/**
 * Opens a page of one of the apps and waits until its script listens: what is pressed before is the browser's
 * business, a link then leaves the app and a form is sent without it. The information page has no script: `goto`.
 */
export async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await expect(page.locator('#svelte-announcer')).toBeAttached()
}

const openDevice = async (browser: Browser): Promise<Page> =>
  (await browser.newContext({ locale: 'de-DE', timezoneId: 'Europe/Berlin' })).newPage()

/** The digits of the card that the letter asks for. */
export const cardSuffixOf = (letter: Letter): string => (letter.person.cardNumber ?? '').slice(-6)

export type LoginChange = { readonly pin?: string; readonly secondFactor?: string }

export const kvnrField = (page: Page) => page.getByLabel('Versichertennummer', { exact: true })
export const cardField = (page: Page) => page.getByLabel(/Letzte sechs Stellen der Kartennummer/)
export const pinField = (page: Page) => page.getByLabel('Einmal-PIN', { exact: true })
export const loginButton = (page: Page) =>
  page.getByRole('button', { name: 'Anmelden', exact: true })

/** Fills in the three items on the login page that is shown. */
export async function fillLogin(page: Page, letter: Letter, change: LoginChange = {}) {
  await kvnrField(page).fill(letter.person.kvnr)
  await cardField(page).fill(change.secondFactor ?? cardSuffixOf(letter))
  await pinField(page).fill(change.pin ?? letter.pin)
}

/** Types the three items and presses "Anmelden"; what happens then is the test's business. */
export async function typeLogin(
  page: Page,
  publicUrl: string,
  letter: Letter,
  change: LoginChange = {},
): Promise<void> {
  await visit(page, `${publicUrl}/anmelden`)
  await fillLogin(page, letter, change)
  await loginButton(page).click()
}

/** The task list of the open case is on screen. */
export async function expectTaskList(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/vorgang$/, { timeout: LOGIN_MILLISECONDS })
  await expect(page.getByRole('heading', { name: 'Noch nicht abgeschickt' })).toBeVisible()
}

/** Logs in and waits for the task list. */
export async function login(page: Page, publicUrl: string, letter: Letter): Promise<void> {
  await typeLogin(page, publicUrl, letter)
  await expectTaskList(page)
}

/** Accessible in both colour schemes. */
export const expectAccessibleInBothSchemes = expectAccessible
