// What people do in the browser, step by step, for the tests that follow the questions of the procedure.
import AxeBuilder from '@axe-core/playwright'
import { type Browser, test as base, expect, type Page } from '@playwright/test'
import { Desk, type Letter } from '../../harness/desk.ts'

export const ADDRESS_VARIABLE = 'EP_TEST_INSTALLATION'

/** Unlocking may wait for a busy machine; everything behind it is quick. */
const LOGIN_MILLISECONDS = 30_000

interface Fixtures {
  readonly desk: Desk
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures' names from this pattern
  desk: async ({}, use) => {
    await use(new Desk(JSON.parse(process.env[ADDRESS_VARIABLE] ?? '')))
  },
})

export { expect }

/** The digits of the card that the letter asks for. */
export const cardSuffixOf = (letter: Letter): string => (letter.person.cardNumber ?? '').slice(-6)

/** Types the three items and presses "Anmelden"; what happens then is the test's business. */
export async function typeLogin(
  page: Page,
  publicUrl: string,
  letter: Letter,
  change: { readonly pin?: string; readonly secondFactor?: string } = {},
): Promise<void> {
  await page.goto(`${publicUrl}/anmelden`)
  await page.getByLabel('Versichertennummer', { exact: true }).fill(letter.person.kvnr)
  await page
    .getByLabel(/Letzte sechs Stellen der Kartennummer/)
    .fill(change.secondFactor ?? cardSuffixOf(letter))
  await page.getByLabel('Einmal-PIN', { exact: true }).fill(change.pin ?? letter.pin)
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click()
}

/** Logs in and waits for the task list. */
export async function login(page: Page, publicUrl: string, letter: Letter): Promise<void> {
  await typeLogin(page, publicUrl, letter)
  await expect(page).toHaveURL(/\/vorgang$/, { timeout: LOGIN_MILLISECONDS })
}

/** A page of somebody's own: a device that shares nothing with the others. */
export const newDevice = async (browser: Browser): Promise<Page> =>
  (await browser.newContext()).newPage()

/** No violation of WCAG 2.2 AA; the message names rule and element. */
export async function expectAccessible(page: Page): Promise<void> {
  const result = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const found = result.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  )
  expect(found).toEqual([])
}

/** Accessible in both colour schemes. */
export async function expectAccessibleInBothSchemes(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page)
  }
  await page.emulateMedia({ colorScheme: null })
}
