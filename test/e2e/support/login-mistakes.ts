// Wrong login data that only the portal can tell from right ones.
import { parsePin, pinFromParts, secretDigitsOf, selectorOf } from '@einmal-pin/domain/pin'
import type { Page } from '@playwright/test'
import type { Letter } from '../../harness/desk.ts'
import { expect, loginButton } from './browser.ts'

/** A PIN that passes every check on the device and is not the one in the letter. */
export function wrongPin({ pin }: Letter): string {
  const right = parsePin(pin)
  if (!right.ok) throw new Error('the letter has no valid PIN')
  const digits = secretDigitsOf(right.value)
  const changed = (Number(digits[0]) + 1) % 10
  return pinFromParts(selectorOf(right.value), `${changed}${digits.slice(1)}`)
}

export const refusal = (page: Page) => page.getByText(/Eine der Angaben stimmt nicht/)

/** Presses "Anmelden" and waits until this try is answered. */
export async function tryLogin(page: Page): Promise<void> {
  const answered = page.waitForResponse(/\/api\/v1\/login\/(start|finish)/)
  await loginButton(page).click()
  await answered
  await expect(loginButton(page)).toHaveAttribute('aria-disabled', 'false')
}
