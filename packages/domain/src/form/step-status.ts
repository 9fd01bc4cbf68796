// The state of one step: open, begun, done or with errors.
import type { AnswerValue } from './answers.ts'
import { canonicalJson } from './identity.ts'
import type { BlockView, FieldView, Issue, RepeatView, StepStatus, StepView } from './view.ts'

export type StepDraft = Omit<StepView, 'status' | 'errors' | 'hints'>

/** All fields of some blocks, items of inline repeat groups included. */
export function fieldsIn(blocks: readonly BlockView[]): readonly FieldView[] {
  return blocks.flatMap((block): readonly FieldView[] => {
    if (block.kind === 'field') return [block]
    if (block.kind === 'group') return fieldsIn(block.blocks)
    return block.kind === 'repeat' ? block.items.flatMap((item) => fieldsIn(item.blocks)) : []
  })
}

/** All repeat groups of some blocks, those inside the items of an inline one included. */
export function repeatsIn(blocks: readonly BlockView[]): readonly RepeatView[] {
  return blocks.flatMap((block): readonly RepeatView[] => {
    if (block.kind === 'group') return repeatsIn(block.blocks)
    if (block.kind !== 'repeat') return []
    return [block, ...block.items.flatMap((item) => repeatsIn(item.blocks))]
  })
}

function issuesIn(blocks: readonly BlockView[]): readonly Issue[] {
  return blocks.flatMap((block): readonly Issue[] => {
    if (block.kind === 'field') return block.issues
    if (block.kind === 'group') return issuesIn(block.blocks)
    if (block.kind !== 'repeat') return []
    return [...block.issues, ...block.items.flatMap((item) => issuesIn(item.blocks))]
  })
}

/** Equality of stored values; key order does not matter, order in lists does. */
export function sameValue(a: AnswerValue | undefined, b: AnswerValue | undefined): boolean {
  return canonicalJson(a) === canonicalJson(b)
}

/** Something is typed that the office did not know already. */
function isTouched(step: StepDraft): boolean {
  const own = fieldsIn(step.blocks).some(
    (field) => field.value !== undefined && !sameValue(field.value, field.known),
  )
  return own || step.blocks.some((block) => block.kind === 'repeat' && hasOwnItem(block.items))
}

function hasOwnItem(items: readonly { readonly known: boolean }[]): boolean {
  return items.some((item) => !item.known)
}

function statusOf(touched: boolean, errors: readonly Issue[]): StepStatus {
  if (!touched) return 'open'
  if (errors.length === 0) return 'done'
  return errors.every((issue) => issue.code.endsWith('.required')) ? 'begun' : 'hasErrors'
}

/** Adds issues and status to a walked step. */
export function finishStep(step: StepDraft, visited: readonly string[]): StepView {
  const issues = issuesIn(step.blocks)
  const errors = issues.filter((issue) => issue.level === 'error')
  const hints = issues.filter((issue) => issue.level !== 'error')
  const touched = visited.includes(step.id) || isTouched(step)
  return { ...step, status: statusOf(touched, errors), errors, hints }
}
