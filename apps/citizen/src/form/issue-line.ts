// One line of an error list: which item, which field, what to do.
import type { LText } from '@einmal-pin/domain/form/definition'
import { issueText } from '@einmal-pin/domain/form/messages'
import { itemTitle } from '@einmal-pin/domain/form/summary'
import { localText } from '@einmal-pin/domain/form/text'
import type { BlockView, Issue } from '@einmal-pin/domain/form/view'
import { currentLocale } from '../locale/locale.svelte.ts'
import { fieldId } from './field-id.ts'

interface Found {
  readonly label: LText
  /** Names of the inline items around it, outermost first. */
  readonly items: readonly string[]
}

/** The path of a field without the part of an address or a proof. */
const fieldPath = (path: string): string => path.replace(/\.[^/]*$/, '')

function find(blocks: readonly BlockView[], path: string): Found | undefined {
  for (const block of blocks) {
    if (block.kind === 'field' && block.path === path) {
      return { label: block.field.label, items: [] }
    }
    if (block.kind === 'repeat' && block.path === path) return { label: block.title, items: [] }
    if (block.kind === 'group') {
      const found = find(block.blocks, path)
      if (found) return found
    }
    const item =
      block.kind === 'repeat' && block.items.find((entry) => path.startsWith(`${entry.path}/`))
    const found = item ? find(item.blocks, path) : undefined
    if (block.kind === 'repeat' && item && found) {
      return { ...found, items: [itemTitle(block, item, currentLocale()), ...found.items] }
    }
  }
  return undefined
}

/** "Haben Sie das Dokument? Bitte wählen Sie", but "Straße: Bitte geben Sie". */
const joined = (label: string, text: string): string =>
  /[?.!]$/.test(label) ? `${label} ${text}` : `${label}: ${text}`

export function issueLine(blocks: readonly BlockView[], issue: Issue): string {
  const text = issueText(issue, currentLocale())
  const found = find(blocks, fieldPath(issue.path))
  if (!found) return text
  const label = localText(found.label, currentLocale())
  return [...found.items, joined(label, text)].join(': ')
}

/** For the error summary: the line and the input it leads to. */
export const summaryEntry = (blocks: readonly BlockView[], issue: Issue) => ({
  id: fieldId(issue.path),
  message: issueLine(blocks, issue),
})
