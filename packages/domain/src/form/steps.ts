// Walking through a form, and asking a view what is wrong.
import type { Answers } from './answers.ts'
import type { FormDefinition } from './definition.ts'
import { evaluateForm } from './evaluate.ts'
import type { FormContext, FormView, Issue, StepView } from './view.ts'

function indexOf(view: FormView, stepId: string): number {
  return view.steps.findIndex((step) => step.id === stepId)
}

export function findStep(view: FormView, stepId: string): StepView | undefined {
  return view.steps[indexOf(view, stepId)]
}

/** The step after this one; undefined after the last, and for a step that is not shown (any more). */
export function nextStep(view: FormView, stepId: string): StepView | undefined {
  const index = indexOf(view, stepId)
  return index < 0 ? undefined : view.steps[index + 1]
}

/** The step before this one; the inverse of nextStep. */
export function previousStep(view: FormView, stepId: string): StepView | undefined {
  const index = indexOf(view, stepId)
  return index < 1 ? undefined : view.steps[index - 1]
}

/** Where "Weiter machen" leads: the first step that is not done, else the last page. */
export function resumeStep(view: FormView): StepView | undefined {
  return view.steps.find((step) => step.status !== 'done') ?? view.steps.at(-1)
}

/** The step on which an answer stands; parts (`anschrift.plz`) belong to their field. */
export function stepOfPath(view: FormView, path: string): StepView | undefined {
  const [top = '', item = ''] = path.split('/')
  const field = top.split('.')[0]
  return (
    view.steps.find((step) => step.item?.path === `${top}/${item}`) ??
    view.steps.find((step) => step.item === undefined && holdsKey(step, field ?? ''))
  )
}

function holdsKey(step: StepView, key: string): boolean {
  const keys = (blocks: StepView['blocks']): readonly string[] =>
    blocks.flatMap((block) => {
      if (block.kind === 'group') return keys(block.blocks)
      return 'path' in block ? [block.path] : []
    })
  return keys(step.blocks).includes(key)
}

/** Errors of one step, in form order. Empty for a step that is not shown. */
export function validatePage(
  def: FormDefinition,
  answers: Answers,
  stepId: string,
  ctx: FormContext,
): readonly Issue[] {
  return findStep(evaluateForm(def, answers, ctx), stepId)?.errors ?? []
}

/** All errors and all hints of the form, in form order. Only errors keep a form from being sent. */
export function validateForm(
  def: FormDefinition,
  answers: Answers,
  ctx: FormContext,
): { readonly errors: readonly Issue[]; readonly hints: readonly Issue[] } {
  const { steps } = evaluateForm(def, answers, ctx)
  return {
    errors: steps.flatMap((step) => step.errors),
    hints: steps.flatMap((step) => step.hints),
  }
}
