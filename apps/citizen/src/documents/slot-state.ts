// How far the documents of one slot have come, for the task list.
import { type DocumentSlot, documentSlots } from '@einmal-pin/domain/form/documents'
import { holdsPaperOnly } from '@einmal-pin/domain/form/paper-only'
import { fieldsIn } from '@einmal-pin/domain/form/step-status'
import { itemTitle } from '@einmal-pin/domain/form/summary'
import { localText } from '@einmal-pin/domain/form/text'
import type {
  BlockView,
  FormView,
  ItemView,
  RepeatView,
  StepView,
} from '@einmal-pin/domain/form/view'
import { currentLocale } from '../locale/locale.svelte.ts'
import { m } from '../paraglide/messages.js'
import { isBroken, isUnfinished, uploads } from './uploads.svelte.ts'

export interface SlotState {
  readonly tone: 'done' | 'begun' | 'warning' | 'open'
  readonly text: string
}

export function slotState({ documentIds, way, required }: DocumentSlot): SlotState {
  const found = documentIds.map((id) => uploads.latest(id))
  if (found.some((upload) => upload && isUnfinished(upload))) {
    return { tone: 'begun', text: m.slot_uploading() }
  }
  if (found.some((upload) => upload && isBroken(upload))) {
    return { tone: 'warning', text: m.files_incomplete() }
  }
  if (documentIds.length > 0) {
    return { tone: 'done', text: m.slot_uploaded({ count: documentIds.length }) }
  }
  if (way === 'spaeter') return { tone: 'done', text: m.slot_later() }
  if (way === 'nicht_moeglich') return { tone: 'done', text: m.slot_impossible() }
  return required
    ? { tone: 'warning', text: m.slot_missing() }
    : { tone: 'open', text: m.slot_optional() }
}

/** One line of the list of documents asked for. */
export interface AskedDocument extends SlotState {
  readonly key: string
  readonly stepId: string
  readonly title: string
}

/**
 * Everything asked for: each place for documents, and each item that only the office sets (an item of
 * "Unterlagen nachreichen" is asked for before the person has said how to answer it).
 */
export function askedDocuments(view: FormView, steps: readonly StepView[]): AskedDocument[] {
  const slots = documentSlots(view).filter(({ step }) => steps.includes(step))
  const items = steps.flatMap((step) =>
    fixedItems(step.blocks).map((found) => askedItem(step, found, slots)),
  )
  const isInItem = ({ slot }: DocumentSlot) => items.some(({ key }) => slot.startsWith(`${key}/`))
  const others = slots
    .filter((slot) => !isInItem(slot))
    .map((slot) => ({
      ...{ key: slot.slot, stepId: slot.step.id, title: slotTitle(slot) },
      ...slotState(slot),
    }))
  return [...items, ...others]
}

/** A document that blocks sending until somebody decides what becomes of it. */
export interface BrokenDocument {
  readonly id: string
  readonly name: string
  readonly stepId: string
  readonly title: string
}

/** Those of the visible answers: what a hidden answer holds is not sent. */
export function brokenDocuments(view: FormView): readonly BrokenDocument[] {
  return documentSlots(view).flatMap((slot) =>
    slot.documentIds.flatMap((id) => {
      const upload = uploads.latest(id)
      if (!upload || !isBroken(upload)) return []
      return [{ id, name: upload.name, stepId: slot.step.id, title: slotTitle(slot) }]
    }),
  )
}

function fixedItems(blocks: readonly BlockView[]): Found[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'group') return fixedItems(block.blocks)
    const fixed = block.kind === 'repeat' && !block.canAdd && block.paging === 'inline'
    return fixed && block.items.every((item) => item.known && !item.removable)
      ? block.items.map((item) => ({ repeat: block, item }))
      : []
  })
}

function askedItem(
  step: StepView,
  { repeat, item }: Found,
  slots: readonly DocumentSlot[],
): AskedDocument {
  const own = slots.filter(({ slot }) => slot.startsWith(`${item.path}/`))
  const missing = step.errors.some(({ path }) => path.startsWith(`${item.path}/`))
  const [first] = own
  return {
    ...{ key: item.path, stepId: step.id, title: itemTitle(repeat, item, currentLocale()) },
    ...(first && first.documentIds.length > 0 ? slotState(first) : itemState(item, missing)),
  }
}

function itemState(item: ItemView, missing: boolean): SlotState {
  if (fieldsIn(item.blocks).some(({ field, value }) => holdsPaperOnly(field, value))) {
    return { tone: 'open', text: m.slot_paper() }
  }
  return missing
    ? { tone: 'warning', text: m.slot_missing() }
    : { tone: 'done', text: m.slot_answered() }
}

interface Found {
  readonly repeat: RepeatView
  readonly item: ItemView
}

function itemOf(blocks: readonly BlockView[], slot: string): Found | undefined {
  for (const block of blocks) {
    if (block.kind === 'group') {
      const found = itemOf(block.blocks, slot)
      if (found) return found
    }
    if (block.kind !== 'repeat') continue
    const item = block.items.find(({ path }) => slot.startsWith(`${path}/`))
    if (item) return itemOf(item.blocks, slot) ?? { repeat: block, item }
  }
  return undefined
}

/** Name of the slot in lists: the item it belongs to, then the field. */
function slotTitle({ slot, step, field }: DocumentSlot): string {
  const locale = currentLocale()
  const label = localText(field.label, locale)
  const inline = itemOf(step.blocks, slot)
  if (inline) return `${itemTitle(inline.repeat, inline.item, locale)}: ${label}`
  if (step.item) return `${itemTitle({ item: step.title }, step.item, locale)}: ${label}`
  return label
}
