// Fills in what is wrong or missing until nothing is: shows that a form has no dead end.
import type { Answers, AnswerValue } from '@einmal-pin/domain/form/answers'
import type { Field, FormDefinition } from '@einmal-pin/domain/form/definition'
import { answerAt, withAnswer, withItem, withoutItem } from '@einmal-pin/domain/form/edit'
import { evaluateForm } from '@einmal-pin/domain/form/evaluate'
import { itemsOf } from '@einmal-pin/domain/form/scope'
import { fieldsIn } from '@einmal-pin/domain/form/step-status'
import type { FormContext, FormView, Issue } from '@einmal-pin/domain/form/view'

/** What a person would try next where no limit is named: some days before and after today. */
const DAYS = ['2026-06-01', '2026-11-20', '2026-01-15', '2027-01-01', '2026-11-24', '2026-10-15']

/** A right value for a field, or the limit that the last message named; another one in each round. */
function rightValue(field: Field, issue: Issue, round: number): AnswerValue {
  const { params } = issue
  const limit = (params['limit'] ?? params['min'] ?? params['max'] ?? params['von'])?.value
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
      return issue.code === 'date.past' ? '2027-01-01' : String(limit ?? DAYS[round % DAYS.length])
    case 'month':
      return '2026-06'
    case 'time':
      return '14:30'
    case 'iban':
      return 'DE02120300000000202051'
    case 'steuer_id':
      return '86095742719'
    case 'kvnr':
      return 'A123456780'
    case 'plz':
      return '01067'
    case 'proof':
      return { wie: 'nicht_moeglich', grund: 'liegt beim Amt' }
    case 'file':
      return ['d1']
    case 'address':
      return { strasse: 'Am Weg', plz: '01067', ort: 'Dresden' }
    case 'money':
    case 'int':
      return Number(limit ?? Math.max(1, field.min ?? 0))
    case 'phone':
      return '0201 12345'
    case 'email':
      return 'mia@example.de'
    case 'text':
    case 'textarea':
      return 'genug Text, damit man es versteht'.slice(0, field.maxLength)
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
  return withAnswer(answers, path, rightValue(field, issue, round))
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
  const left = evaluateForm(def, answers, ctx).steps.flatMap((step) => step.errors)[0]
  throw new Error(`the form cannot be filled in: ${left?.path} ${left?.code}`)
}
