// Promises that hold for every form of this folder and whatever anybody answers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Validator } from '@cfworker/json-schema'
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import type { Answers } from '@einmal-pin/domain/form/answers'
import { LOCALES } from '@einmal-pin/domain/form/definition'
import { documentSlots, listDocumentIds } from '@einmal-pin/domain/form/documents'
import { evaluateForm } from '@einmal-pin/domain/form/evaluate'
import { toJsonSchema } from '@einmal-pin/domain/form/json-schema'
import { LAST_PAGE_ID } from '@einmal-pin/domain/form/last-page'
import { mergeAnswers } from '@einmal-pin/domain/form/merge'
import { ISSUE_TEXTS, issueText } from '@einmal-pin/domain/form/messages'
import { prune } from '@einmal-pin/domain/form/prune'
import { itemsOf } from '@einmal-pin/domain/form/scope'
import { fieldsIn, sameValue } from '@einmal-pin/domain/form/step-status'
import { nextStep, previousStep, stepOfPath, validateForm } from '@einmal-pin/domain/form/steps'
import { answersInFormOrder } from '@einmal-pin/domain/form/summary'
import { validatePrefill } from '@einmal-pin/domain/form/validate-prefill'
import type { FormContext, FormView } from '@einmal-pin/domain/form/view'
import fc from 'fast-check'
import { fillIn } from './fill-in.fixture.ts'
import { listForms, loadForm } from './load-form.ts'
import { prefillsOf } from './prefills.fixture.ts'
import { randomAnswers } from './random-answers.fixture.ts'

const TODAY = '2026-11-24' as CalendarDate

// Shrinking such large answers takes minutes: a failure ends at once and names its seed.
const RUNS = Number(process.env['EP_FORM_RUNS'] ?? 100)
// For the slow rules. Whole, because fast-check never ends on a broken number of runs.
const FEWER_RUNS = Math.ceil(RUNS / 3)

/** Paths of everything that stands in the answers, items included. */
function pathsIn(answers: Answers, prefix = ''): readonly string[] {
  return Object.entries(answers).flatMap(([key, value]) => {
    if (prefix !== '' && key === 'id') return []
    const items = itemsOf(value)
    if (items.length === 0) return [prefix + key]
    return items.flatMap((item) => pathsIn(item, `${prefix}${key}/${item.id}/`))
  })
}

function walk(view: FormView): readonly string[] {
  const ids: string[] = []
  for (let step = view.steps[0]; step; step = nextStep(view, step.id)) {
    assert.equal(ids.at(-1), previousStep(view, step.id)?.id, 'previous undoes next')
    ids.push(step.id)
  }
  return ids
}

for (const { id } of listForms()) {
  const def = loadForm(id)
  const answers = randomAnswers(def)
  const contexts = fc.constantFrom(
    ...prefillsOf(def).map((prefill): FormContext => ({ today: TODAY, prefill })),
  )
  const holdsFor = (rule: (given: Answers, ctx: FormContext) => void, numRuns = RUNS): void =>
    fc.assert(fc.property(answers, contexts, rule), { numRuns, endOnFailure: true })

  test(`${id}: what is hidden never survives, and what is kept is on screen`, () => {
    holdsFor((given, ctx) => {
      const view = evaluateForm(def, given, ctx)
      const onScreen = view.steps.flatMap((step) =>
        fieldsIn(step.blocks)
          .filter((field) => field.value !== undefined)
          .map((field) => field.path),
      )
      assert.deepEqual([...pathsIn(view.answers)].sort(), [...onScreen].sort())
    })
  })

  test(`${id}: pruning twice is pruning once`, () => {
    holdsFor((given, ctx) => {
      const once = prune(def, given, ctx)
      assert.deepEqual(prune(def, once, ctx), once)
    })
  })

  test(`${id}: hidden answers change nothing of what is seen`, () => {
    holdsFor((given, ctx) => {
      const ids = (view: FormView) => view.steps.map((step) => [step.id, step.status])
      const view = evaluateForm(def, given, ctx)
      assert.deepEqual(ids(evaluateForm(def, view.answers, ctx)), ids(view))
    })
  })

  test(`${id}: what leaves the browser means the same in the office`, () => {
    holdsFor((given, ctx) => {
      const view = evaluateForm(def, given, ctx)
      const { visited: _mine, ...office } = ctx
      const received = JSON.parse(JSON.stringify([def, view.answers, office]))
      const [theirDef, theirAnswers, theirCtx] = received
      assert.deepEqual(prune(theirDef, theirAnswers, theirCtx), view.answers)
      assert.deepEqual(
        validateForm(theirDef, theirAnswers, theirCtx),
        validateForm(def, given, ctx),
      )
    }, FEWER_RUNS)
  })

  test(`${id}: everything that the office may know passes its import`, () => {
    for (const prefill of prefillsOf(def)) {
      assert.deepEqual(validatePrefill(def, prefill, TODAY), [])
    }
  })

  test(`${id}: next leads through all steps to the last page, previous leads back`, () => {
    holdsFor((given, ctx) => {
      const view = evaluateForm(def, given, ctx)
      const ids = walk(view)
      assert.deepEqual(
        ids,
        view.steps.map((step) => step.id),
      )
      assert.equal(ids.at(-1), LAST_PAGE_ID)
      assert.equal(new Set(ids).size, ids.length)
    })
  })

  test(`${id}: every error belongs to a step and has a text in every language`, () => {
    holdsFor((given, ctx) => {
      const view = evaluateForm(def, given, ctx)
      for (const step of view.steps) {
        for (const issue of [...step.errors, ...step.hints]) {
          assert.equal(stepOfPath(view, issue.path)?.id, step.id, issue.path)
          assert.ok(issue.message ?? ISSUE_TEXTS[issue.code], issue.code)
          for (const locale of LOCALES) assert.doesNotMatch(issueText(issue, locale), /[{}]/)
        }
      }
    })
  })

  test(`${id}: from any answers the form can be filled in to the end`, () => {
    holdsFor((given, ctx) => {
      const view = fillIn(def, given, ctx)
      assert.deepEqual(validateForm(def, view.answers, ctx).errors, [])
    }, FEWER_RUNS)
  })

  test(`${id}: answers without errors pass the published JSON Schema`, () => {
    const validator = new Validator(toJsonSchema(def), '2020-12')
    holdsFor((given, ctx) => {
      const { valid, errors } = validator.validate(fillIn(def, given, ctx).answers)
      assert.ok(valid, JSON.stringify(errors))
    }, FEWER_RUNS)
  })

  test(`${id}: every page is reached by somebody`, () => {
    const seen = new Set<string>()
    holdsFor((given, ctx) => {
      for (const step of evaluateForm(def, given, ctx).steps) seen.add(step.page.id)
    }, 600)
    assert.deepEqual([...seen].sort(), def.pages.map((page) => page.id).sort())
  })

  test(`${id}: the summary shows every kept answer once, in every language`, () => {
    holdsFor((given, ctx) => {
      const view = evaluateForm(def, given, ctx)
      for (const locale of LOCALES) {
        const rows = answersInFormOrder(def, given, ctx, { locale }).flatMap((part) => part.rows)
        const filled = rows.filter((row) => row.value !== undefined).map((row) => row.path)
        assert.deepEqual([...filled].sort(), [...pathsIn(view.answers)].sort())
      }
    }, FEWER_RUNS)
  })

  test(`${id}: the documents to send are those in visible slots`, () => {
    holdsFor((given, ctx) => {
      const slots = documentSlots(evaluateForm(def, given, ctx))
      const ids = listDocumentIds(def, given, ctx)
      assert.deepEqual(
        [...ids].sort(),
        [...new Set(slots.flatMap((slot) => slot.documentIds))].sort(),
      )
    }, FEWER_RUNS)
  })

  test(`${id}: merging with an unchanged side keeps the other, and the result can be filled in`, () => {
    fc.assert(
      fc.property(answers, answers, answers, contexts, (base, mine, theirs, ctx) => {
        const clean = prune(def, base, ctx)
        const ours = prune(def, mine, ctx)
        assert.ok(sameValue(mergeAnswers(clean, ours, clean).answers as never, ours as never))
        const merged = mergeAnswers(clean, ours, prune(def, theirs, ctx)).answers
        fillIn(def, merged, ctx)
      }),
      { numRuns: FEWER_RUNS, endOnFailure: true },
    )
  })
}
