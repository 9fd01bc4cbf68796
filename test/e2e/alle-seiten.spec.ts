// Every page of every form, in every language, with errors shown; one page for each type of field in all its states.
import { appendFileSync } from 'node:fs'
import { BERLIN, calendarDateIn } from '@einmal-pin/domain/calendar-date'
import type { FieldType } from '@einmal-pin/domain/form/definition'
import { fieldsIn } from '@einmal-pin/domain/form/step-status'
import type { StepView } from '@einmal-pin/domain/form/view'
import { listForms, loadForm } from '@einmal-pin/forms/load-form'
import type { Page } from '@playwright/test'
import { NOTES_VARIABLE, type PagesNote } from '../../scripts/tests/full-results.ts'
import { coverPages } from '../harness/page-cover.ts'
import { expectAccessible } from './support/axe.ts'
import { test } from './support/browser.ts'
import { expectSeenInForcedColours } from './support/forced-colours.ts'
import { FormPages, LANGUAGES, STATES, type State } from './support/form-pages.ts'
import { expectFits } from './support/layout.ts'
import { expectGoodMarkup } from './support/markup.ts'

/** `npm run test:full` looks at every page in every state. */
const FULL = process.env['EP_TEST_FULL'] === '1'

const typesOf = ({ blocks }: Pick<StepView, 'blocks'>): readonly FieldType[] =>
  fieldsIn(blocks).map(({ field }) => field.type)

/** The first page with a type of field that no form before has shown stands for that type. */
const shownTypes = new Set<FieldType>()
function standsForAType(step: StepView): boolean {
  const fresh = typesOf(step).filter((type) => !shownTypes.has(type))
  for (const type of fresh) shownTypes.add(type)
  return fresh.length > 0
}

const statesOf = (step: StepView): readonly State[] =>
  FULL || standsForAType(step) ? STATES : ['errors']

async function look(page: Page, pages: FormPages): Promise<void> {
  for (const language of LANGUAGES) {
    await pages.speak(language)
    await expectAccessible(page)
    if (FULL || language === 'de') await expectFits(page)
  }
  await expectGoodMarkup(page)
  await expectSeenInForcedColours(page)
}

/** For the document of the full run. */
function note(what: PagesNote): void {
  const file = process.env[NOTES_VARIABLE]
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(what)}\n`)
}

const today = calendarDateIn(BERLIN, new Date())
for (const { id } of listForms()) {
  const cases = coverPages(loadForm(id), today)
  const planned = cases.map(({ prefill, drafts }) => ({
    prefill,
    drafts: drafts.map(({ answers, steps }) => ({
      answers,
      steps: steps.map((step) => ({ step, states: statesOf(step) })).toReversed(),
    })),
  }))
  const pages = cases.flatMap(({ drafts }) => drafts.flatMap(({ steps }) => steps))

  test(`${id}: ${pages.length} pages`, async ({ newDevice, desk }) => {
    // Minutes for the largest form when nothing is left out.
    if (FULL) test.setTimeout(1_200_000)
    let looks = 0
    for (const { prefill, drafts } of planned) {
      const page = await newDevice()
      const shown = await FormPages.open(page, desk, id, prefill)
      for (const { answers, steps } of drafts) {
        for (const { step, states } of steps) {
          for (const state of states) {
            await shown.show(answers, step, state)
            await look(page, shown)
            looks += LANGUAGES.length
          }
        }
      }
    }
    note({ form: id, pages: pages.length, looks })
  })
}
