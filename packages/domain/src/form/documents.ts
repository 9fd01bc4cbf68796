// Where documents belong in a form: the slots shown now, and the documents that are part of the answers.
import type { Answers, AnswerValue, ProofWay } from './answers.ts'
import type { Field, FormDefinition } from './definition.ts'
import { evaluateForm } from './evaluate.ts'
import { fieldsIn } from './step-status.ts'
import { documentIdsIn } from './summary.ts'
import type { BlockView, FieldView, FormContext, FormView, StepView } from './view.ts'

export interface DocumentSlot {
  /** The path of the answer; it also names the slot in draft, manifest and export. */
  readonly slot: string
  readonly step: StepView
  readonly field: Field
  readonly required: boolean
  readonly documentIds: readonly string[]
  /** How a proof was answered; `file` fields count as `jetzt` once they hold a document. */
  readonly way: ProofWay | undefined
}

function wayOf(value: AnswerValue | undefined): ProofWay | undefined {
  if (typeof value !== 'object') return undefined
  return 'wie' in value ? value.wie : 'jetzt'
}

function slotOf(step: StepView, view: FieldView): DocumentSlot {
  const { path, field, required, value } = view
  const documentIds = documentIdsIn(value)
  return { slot: path, step, field, required, documentIds, way: wayOf(value) }
}

const takesDocuments = ({ type }: Field): boolean => type === 'file' || type === 'proof'

const slotsIn = (step: StepView, blocks: readonly BlockView[]): readonly DocumentSlot[] =>
  fieldsIn(blocks)
    .filter(({ field }) => takesDocuments(field))
    .map((field) => slotOf(step, field))

/** Every visible place for documents, in form order. */
export function documentSlots(view: FormView): readonly DocumentSlot[] {
  return view.steps.flatMap((step) => slotsIn(step, step.blocks))
}

/** Ids of all documents that belong to the visible answers: exactly these are sent. */
export function listDocumentIds(
  def: FormDefinition,
  answers: Answers,
  ctx: FormContext,
): readonly string[] {
  const slots = documentSlots(evaluateForm(def, answers, ctx))
  return [...new Set(slots.flatMap((slot) => slot.documentIds))]
}
