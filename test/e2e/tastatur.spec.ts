// A whole case by keyboard alone: from the information page to the receipt, without a single click.
import { BERLIN, calendarDateIn } from '@einmal-pin/domain/calendar-date'
import { loadForm } from '@einmal-pin/forms/load-form'
import { inventedPrefill } from '../harness/right-values.ts'
import { chanceFrom } from '../harness/seeded.ts'
import { cardSuffixOf, expect, expectTaskList, test } from './support/browser.ts'
import { receiptHeading } from './support/form.ts'
import { FormWalk } from './support/form-walk.ts'
import { expectArrived } from './support/inbox.ts'
import { keyboardOnly, tabTo } from './support/keyboard.ts'

/** A path with choices, days, a person added, a file and an address; `formulare.spec.ts` prints and uses the same. */
const FORM = 'familienversicherung'
const SEED = 20_261_124

test('from the information page to the receipt without a mouse', async ({ page, desk }) => {
  const form = loadForm(FORM)
  const chance = chanceFrom(SEED)
  const prefill = inventedPrefill(form, calendarDateIn(BERLIN, new Date()), chance)
  const letter = await desk.letter({ formId: FORM, prefill })
  const hand = keyboardOnly(page)
  await page.goto(desk.publicUrl)
  await page.keyboard.press('Tab')
  const skip = page.getByRole('link', { name: 'Zum Inhalt springen' })
  await expect(skip).toBeFocused()
  await expect(skip).toBeInViewport()
  await page.keyboard.press('Enter')
  await hand.press('main a[href$="/anmelden"]')
  await expect(page).toHaveURL(/\/anmelden$/)
  await expect(page.locator('#svelte-announcer')).toBeAttached()
  await hand.type('#versichertennummer', letter.person.kvnr)
  await tabTo(page, 'summary')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/Auf der Vorderseite Ihrer Gesundheitskarte/)).toBeVisible()
  await hand.type('#kartennummer', cardSuffixOf(letter))
  await hand.type('#einmal-pin', letter.pin)
  await page.keyboard.press('Enter')
  await expectTaskList(page)

  await hand.press('main a[href*="/vorgang/formular"]')
  await expect(page).toHaveURL(/\/vorgang\/formular/)
  const walk = new FormWalk(hand, form, prefill, chance)
  await walk.fillPages()
  const kinds = new Set(walk.answered.map((answer) => answer.split(' ')[0]))
  for (const kind of ['choice', 'date', 'yesno', 'proof', 'text']) expect(kinds).toContain(kind)
  await hand.press('main section[aria-labelledby="send-title"] button')
  await expect(page).toHaveURL(/\/vorgang\/pruefen/)
  await walk.fillLastPage()
  await hand.press('main form button[type=submit]')
  await expect(receiptHeading(page)).toBeVisible()
  await expectArrived(desk, letter.caseId, walk.answers)
})
