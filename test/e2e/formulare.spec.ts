// Every form there is, walked through by a generated path: all questions, one real file, slips, sent, and read by the office.
import { BERLIN, calendarDateIn } from '@einmal-pin/domain/calendar-date'
import { listForms, loadForm } from '@einmal-pin/forms/load-form'
import { inventedPrefill } from '../harness/right-values.ts'
import { chanceFrom, seedFrom } from '../harness/seeded.ts'
import { expect, login, test } from './support/browser.ts'
import { receiptHeading, sendButton } from './support/form.ts'
import { FormWalk } from './support/form-walk.ts'
import { pointing } from './support/hand.ts'
import { expectArrived } from './support/inbox.ts'

const FULL = process.env['EP_TEST_FULL'] === '1'
/** The same path in every `npm test`; others, printed, in the full run or by EP_WALK_SEED. */
const SEEDS =
  FULL || process.env['EP_WALK_SEED'] !== undefined
    ? [0, 1, 2].slice(0, FULL ? 3 : 1).map((more) => seedFrom('EP_WALK_SEED') + more)
    : [20_261_124]

for (const { id } of listForms()) {
  for (const seed of SEEDS) {
    test(`${id}, path ${seed}`, async ({ page, desk }) => {
      const form = loadForm(id)
      const chance = chanceFrom(seed)
      const prefill = inventedPrefill(form, calendarDateIn(BERLIN, new Date()), chance)
      const letter = await desk.letter({ formId: id, prefill })
      await login(page, desk.publicUrl, letter)
      await page.getByRole('link', { name: 'Jetzt ausfüllen' }).click()
      await expect(page).toHaveURL(/\/vorgang\/formular/)
      const walk = new FormWalk(pointing(page), form, prefill, chance)
      await walk.fillPages()
      await page.getByRole('button', { name: 'Angaben prüfen' }).click()
      await expect(page).toHaveURL(/\/vorgang\/pruefen/)
      await walk.fillLastPage()
      await sendButton(page).click()
      await expect(receiptHeading(page)).toBeVisible()

      await expectArrived(desk, letter.caseId, walk.answers)
    })
  }
}
