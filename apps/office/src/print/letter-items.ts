// What a letter asks for, item by item, read from the form and what the office knows.
import type { Answers, Item } from '@einmal-pin/domain/form/answers'
import type { Block, Field, FormDefinition } from '@einmal-pin/domain/form/definition'
import { isPaperOnly } from '@einmal-pin/domain/form/paper-only'
import { applyPrefill, entriesOf } from '@einmal-pin/domain/form/prefill'
import type { LetterItem } from '../letters/letter-input.ts'

/** At least one. A fixed list of the form (requested documents) is told item by item, any other form by its title. */
export function itemsAskedFor(form: FormDefinition, prefill: Answers): readonly LetterItem[] {
  const known = applyPrefill(form, prefill)
  const blocks = form.pages.flatMap((page) => page.blocks)
  const asked = entriesOf(blocks).flatMap((entry) => {
    if (entry.kind !== 'repeat' || entry.fixed !== true) return []
    const items = known[entry.key]
    const list = Array.isArray(items) ? (items as readonly Item[]) : []
    return list.map(
      (item): LetterItem => ({
        label: nameOf(entry.blocks, entry.nameFrom, item),
        channel: isPaperOnly(entry.blocks, item) ? 'paper' : 'online',
      }),
    )
  })
  if (asked.length > 0) return asked
  return [form.title.de, ...proofsOf(blocks)].map((label) => ({ label, channel: 'online' }))
}

function nameOf(blocks: readonly Block[], nameFrom: readonly string[], item: Item): string {
  const named = nameFrom.map((key) => item[key]).filter((part) => typeof part === 'string')
  if (named.length > 0) return named.join(' ')
  const choice = entriesOf(blocks).find(
    (entry): entry is Field => entry.kind === 'field' && entry.type === 'choice',
  )
  const options = choice !== undefined && 'options' in choice ? choice.options : []
  const chosen = options.find(({ value }) => value === item[choice?.key ?? ''])
  return chosen?.label.de ?? 'Unterlagen'
}

const LAST_PAGE_PROOF = 'vertreter_nachweis'

/** Whether a proof is asked for depends on the answers, so the letter can only announce it. */
function proofsOf(blocks: readonly Block[]): readonly string[] {
  const asksProofs = (list: readonly Block[]): boolean =>
    entriesOf(list).some((entry) =>
      entry.kind === 'repeat'
        ? asksProofs(entry.blocks)
        : entry.type === 'proof' || (entry.type === 'file' && entry.key !== LAST_PAGE_PROOF),
    )
  return asksProofs(blocks) ? ['Nachweise, nach denen Sie beim Ausfüllen gefragt werden'] : []
}
