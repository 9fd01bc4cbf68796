// Finds, for any form, few sets of right answers that together bring every page of it onto the screen.
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import type { Answers, AnswerValue, Prefill } from '@einmal-pin/domain/form/answers'
import type { FormDefinition } from '@einmal-pin/domain/form/definition'
import { withAnswer, withItem } from '@einmal-pin/domain/form/edit'
import { evaluateForm } from '@einmal-pin/domain/form/evaluate'
import { LAST_PAGE_ID } from '@einmal-pin/domain/form/last-page'
import { applyPrefill } from '@einmal-pin/domain/form/prefill'
import { fieldsIn, repeatsIn } from '@einmal-pin/domain/form/step-status'
import type { FieldView, FormContext, StepView } from '@einmal-pin/domain/form/view'
import { inventedPrefill, rightValue } from './right-values.ts'
import { type Chance, chanceFrom } from './seeded.ts'

/** One case: what its letter knows, and the drafts that bring its pages onto the screen. */
export interface CoveringCase {
  readonly prefill: Prefill
  readonly drafts: readonly CoveringDraft[]
}

/** Answers, and the steps that are seen with them for the first time. */
export interface CoveringDraft {
  readonly answers: Answers
  readonly steps: readonly StepView[]
}

/** More than any form needs; a form whose pages are not all reached by then has a page for nobody. */
const LETTERS = 8
const DRAFTS = 60
const PROOF: AnswerValue = { wie: 'nicht_moeglich', grund: 'liegt beim Amt' }

/** Answers everything from the first page to the last, a new item in each repeat group included. */
function fillByChance(form: FormDefinition, ctx: FormContext, chance: Chance): Answers {
  let answers = applyPrefill(form, ctx.prefill ?? {})
  const done = new Set<string>()
  for (let turn = 0; turn < 1_000; turn += 1) {
    const { steps } = evaluateForm(form, answers, ctx)
    const grown = steps.map((step) => addItem(answers, step, done)).find((more) => more !== answers)
    if (grown !== undefined) {
      answers = grown
      continue
    }
    const open = steps.flatMap(({ blocks }) => fieldsIn(blocks)).find(isOpen(done))
    if (open === undefined) return answers
    done.add(open.path)
    answers = withAnswer(answers, open.path, valueFor(form, open, answers, ctx, chance))
  }
  throw new Error(`${form.id} asks without end`)
}

const isOpen =
  (done: ReadonlySet<string>) =>
  ({ path, field, value }: FieldView): boolean =>
    value === undefined && field.readonly !== true && !done.has(path)

function valueFor(
  form: FormDefinition,
  { field, path }: FieldView,
  answers: Answers,
  ctx: FormContext,
  chance: Chance,
): AnswerValue | undefined {
  if (field.type === 'proof') return PROOF
  if (field.type === 'file') return undefined
  return rightValue(form, { field, path, answers }, ctx, chance)
}

function addItem(answers: Answers, { blocks }: StepView, done: Set<string>): Answers {
  const repeat = repeatsIn(blocks).find(({ canAdd, path }) => canAdd && !done.has(path))
  if (repeat === undefined) return answers
  done.add(repeat.path)
  return withItem(answers, repeat.path, 'n1')
}

/** Throws when chance has not found a way to some page. One case is preferred: each needs a letter and a login. */
export function coverPages(
  form: FormDefinition,
  today: CalendarDate,
  seed = 1,
): readonly CoveringCase[] {
  const wanted = new Set(form.pages.map(({ id }) => id).filter((id) => id !== LAST_PAGE_ID))
  const cases: CoveringCase[] = []
  for (let letter = 0; letter < LETTERS && wanted.size > 0; letter += 1) {
    const prefill = inventedPrefill(form, today, chanceFrom(seed + letter)) as Prefill
    const drafts = coverWith(form, { today, prefill }, wanted, seed)
    if (drafts.length > 0) cases.push({ prefill, drafts })
  }
  if (wanted.size > 0) throw new Error(`${form.id}: no way to ${[...wanted].join(', ')}`)
  return cases
}

/** Takes what it reaches out of `wanted`, the draft with most new pages first. */
function coverWith(
  form: FormDefinition,
  ctx: FormContext,
  wanted: Set<string>,
  seed: number,
): readonly CoveringDraft[] {
  const drafts = Array.from({ length: DRAFTS }, (_, turn) => draftBy(form, ctx, seed + turn))
  const chosen: CoveringDraft[] = []
  for (;;) {
    const best = drafts
      .map((one) => ({ ...one, steps: firstOfEachPage(one.steps, wanted) }))
      .reduce((a, b) => (b.steps.length > a.steps.length ? b : a))
    if (best.steps.length === 0) return chosen
    for (const { page } of best.steps) wanted.delete(page.id)
    chosen.push(best)
  }
}

/** A page and the page of its first item are two screens; a second item looks like the first. */
function firstOfEachPage(steps: readonly StepView[], wanted: ReadonlySet<string>) {
  const kindOf = ({ page, item }: StepView) => `${page.id} ${item === undefined}`
  const first = new Map(steps.toReversed().map((step) => [kindOf(step), step]))
  return steps.filter((step) => wanted.has(step.page.id) && first.get(kindOf(step)) === step)
}

function draftBy(form: FormDefinition, ctx: FormContext, seed: number): CoveringDraft {
  const answers = fillByChance(form, ctx, chanceFrom(seed))
  return { answers, steps: evaluateForm(form, answers, ctx).steps }
}
