// Fills in what is wrong or missing until nothing is: shows that a form has no dead end.
import type { Answers, AnswerValue } from '@einmal-pin/domain/form/answers'
import type { Field, FormDefinition } from '@einmal-pin/domain/form/definition'
import { answerAt, withAnswer, withItem, withoutItem } from '@einmal-pin/domain/form/edit'
import { evaluateForm } from '@einmal-pin/domain/form/evaluate'
import { itemsOf } from '@einmal-pin/domain/form/scope'
import { fieldsIn } from '@einmal-pin/domain/form/step-status'
import type { FormContext, FormView, Issue } from '@einmal-pin/domain/form/view'

/** A right value for a field, or the limit that the last message named. */
function rightValue(field: Field, issue: Issue): AnswerValue {
  const limit =
    issue.params['limit']?.value ?? issue.params['max']?.value ?? issue.params['von']?.value
  switch (field.type) {
    case 'choice':
    case 'multi': {
      const value = field.options.find((option) => option.offered !== false)?.value ?? ''
      return field.type === 'multi' ? [value] : value
    }
    case 'yesno':
      return 'nein'
    case 'checkbox':
      return true
    case 'date':
      return issue.code === 'date.past' ? '2027-01-01' : String(limit ?? '2026-06-01')
    case 'proof':
      return { wie: 'nicht_moeglich', grund: 'liegt beim Amt' }
    case 'file':
      return ['d1']
    case 'address':
      return { strasse: 'Am Weg', plz: '01067', ort: 'Dresden' }
    case 'money':
    case 'int':
      return 1
    case 'phone':
      return '0201 12345'
    case 'email':
      return 'mia@example.de'
    default:
      return 'genug Text'
  }
}

function repair(view: FormView, answers: Answers, issue: Issue, round: number): Answers {
  if (issue.code === 'repeat.required') return withItem(answers, issue.path, `n${round}`)
  if (issue.code === 'repeat.tooMany') {
    const last = itemsOf(answerAt(view.answers, issue.path)).at(-1)
    return withoutItem(answers, `${issue.path}/${last?.id}`)
  }
  const path = issue.path.split('.')[0] ?? ''
  const fields = view.steps.flatMap((step) => fieldsIn(step.blocks))
  const field = fields.find((candidate) => candidate.path === path)?.field
  if (field === undefined) throw new Error(`the error at ${issue.path} belongs to no visible field`)
  return withAnswer(answers, path, rightValue(field, issue))
}

/** Answers without errors, reached from any answers the way a person would: error by error. */
export function fillIn(def: FormDefinition, start: Answers, ctx: FormContext): FormView {
  let answers = start
  for (let round = 0; round < 400; round += 1) {
    const view = evaluateForm(def, answers, ctx)
    const issue = view.steps.flatMap((step) => step.errors)[0]
    if (issue === undefined) return view
    answers = repair(view, answers, issue, round)
  }
  throw new Error('the form cannot be filled in')
}
