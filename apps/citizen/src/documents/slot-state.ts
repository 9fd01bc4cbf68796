// How far the documents of one slot have come, for the task list.
import type { DocumentSlot } from '@einmal-pin/domain/form/documents'
import { itemTitle } from '@einmal-pin/domain/form/summary'
import { localText } from '@einmal-pin/domain/form/text'
import type { BlockView, ItemView, RepeatView } from '@einmal-pin/domain/form/view'
import { currentLocale } from '../locale/locale.svelte.ts'
import { m } from '../paraglide/messages.js'
import { isUnfinished, uploads } from './uploads.svelte.ts'

export interface SlotState {
  readonly tone: 'done' | 'begun' | 'warning' | 'open'
  readonly text: string
}

export function slotState({ documentIds, way, required }: DocumentSlot): SlotState {
  const found = documentIds.map((id) => uploads.find(id))
  if (found.some((upload) => upload && isUnfinished(upload))) {
    return { tone: 'begun', text: m.slot_uploading() }
  }
  if (found.some((upload) => upload?.state === 'elsewhere' || upload?.state === 'failed')) {
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
export function slotTitle({ slot, step, field }: DocumentSlot): string {
  const locale = currentLocale()
  const label = localText(field.label, locale)
  const inline = itemOf(step.blocks, slot)
  if (inline) return `${itemTitle({ item: inline.repeat.item }, inline.item, locale)}: ${label}`
  if (step.item) return `${itemTitle({ item: step.title }, step.item, locale)}: ${label}`
  return label
}
