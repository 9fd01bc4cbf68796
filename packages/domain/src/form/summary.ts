// All answers in the form's order: check page, receipt, copy to keep, clerk's inbox.
import type { Answers, AnswerValue, ProofAnswer } from './answers.ts'
import type { FormDefinition, Locale } from './definition.ts'
import { evaluateForm } from './evaluate.ts'
import { type DocumentName, formatValue } from './format-value.ts'
import { fieldsIn, sameValue } from './step-status.ts'
import { fillText, localText } from './text.ts'
import { showDate } from './typed-date.ts'
import type { BlockView, FieldView, FormContext, FormView, ItemView, StepView } from './view.ts'

export interface SummaryRow {
  readonly path: string
  readonly label: string
  /** Empty while nothing is answered. */
  readonly text: string
  readonly value: AnswerValue | undefined
  /** What the office knew, in words; undefined if nothing. */
  readonly known: string | undefined
  /** Known and now different. */
  readonly changed: boolean
  /** Required and not answered. */
  readonly missing: boolean
  readonly documentIds: readonly string[]
}

export interface SummarySection {
  /** Step that "Ändern" leads to. */
  readonly stepId: string
  readonly title: string
  readonly rows: readonly SummaryRow[]
}

export interface Reader {
  readonly locale: Locale
  readonly documentName?: DocumentName
}

/** Document ids in a file or proof answer. */
export function documentIdsIn(value: AnswerValue | undefined): readonly string[] {
  const list: unknown = Array.isArray(value) ? value : (value as ProofAnswer | undefined)?.dateien
  if (!Array.isArray(list)) return []
  return list.filter((entry): entry is string => typeof entry === 'string')
}

function rowOf(view: FieldView, reader: Reader): SummaryRow {
  const { field, path, value, known } = view
  const words = (part: AnswerValue | undefined) =>
    formatValue(field, part, reader.locale, reader.documentName)
  const isFile = field.type === 'file' || field.type === 'proof'
  return {
    path,
    label: localText(field.label, reader.locale),
    text: words(value),
    value,
    known: known === undefined ? undefined : words(known),
    changed: known !== undefined && !sameValue(known, value),
    missing: view.required && value === undefined,
    documentIds: isFile ? documentIdsIn(value) : [],
  }
}

/** `Mia Muster`, or `Person 2` while there is no name. A day in the name stands as the reader writes days. */
export function itemTitle(
  title: { item: StepView['title'] },
  item: ItemView,
  locale: Locale,
): string {
  const name = item.name?.replace(/\d{4}-\d{2}-\d{2}/g, (day) => showDate(day, locale))
  return name ?? fillText(localText(title.item, locale), { n: String(item.number) })
}

/** Title of a step in the reader's language; the name of the item for the page of an item. */
export function stepTitle(step: StepView, locale: Locale): string {
  if (step.item === undefined) return localText(step.title, locale)
  return itemTitle({ item: step.title }, step.item, locale)
}

type Titled = { readonly title: string; readonly blocks: readonly BlockView[] }

function withoutGroups(blocks: readonly BlockView[]): readonly BlockView[] {
  return blocks.flatMap((block) => (block.kind === 'group' ? withoutGroups(block.blocks) : [block]))
}

/** Fields in form order; each item of an inline repeat group is a section of its own among them. */
function sectionsIn(
  title: string,
  blocks: readonly BlockView[],
  locale: Locale,
): readonly Titled[] {
  const sections: Titled[] = []
  let fields: BlockView[] = []
  for (const block of withoutGroups(blocks)) {
    if (block.kind === 'field') fields.push(block)
    if (block.kind !== 'repeat' || block.paging === 'own') continue
    sections.push({ title, blocks: fields })
    fields = []
    for (const item of block.items) {
      sections.push(
        ...sectionsIn(`${title}: ${itemTitle(block, item, locale)}`, item.blocks, locale),
      )
    }
  }
  return [...sections, { title, blocks: fields }]
}

/** Sections of a view with a row per visible field; sections without a field are left out. */
export function summaryOf(view: FormView, reader: Reader): readonly SummarySection[] {
  return view.steps.flatMap((step) =>
    sectionsIn(stepTitle(step, reader.locale), step.blocks, reader.locale)
      .map(({ title, blocks }) => ({
        stepId: step.id,
        title,
        rows: fieldsIn(blocks).map((field) => rowOf(field, reader)),
      }))
      .filter((section) => section.rows.length > 0),
  )
}

export function answersInFormOrder(
  def: FormDefinition,
  answers: Answers,
  ctx: FormContext,
  reader: Reader,
): readonly SummarySection[] {
  return summaryOf(evaluateForm(def, answers, ctx), reader)
}

export interface ChangedValue {
  readonly path: string
  readonly label: string
  readonly known: string
  readonly now: string
}

/** What the person changed of the values known to the office, in form order and in German. */
export function changedAgainstPrefill(
  def: FormDefinition,
  answers: Answers,
  ctx: FormContext,
  locale: Locale = 'de',
): readonly ChangedValue[] {
  return answersInFormOrder(def, answers, ctx, { locale })
    .flatMap((section) => section.rows)
    .filter((row) => row.changed)
    .map(({ path, label, known, text }) => ({ path, label, known: known ?? '', now: text }))
}
