// Keeps of the answers only what is visible; what is sent is what was seen.
import type { Answers, Item } from './answers.ts'
import type { Cond } from './condition.ts'
import type { Block, FormDefinition, Page, Repeat } from './definition.ts'
import { holds } from './holds.ts'
import { applyPrefill, currentItems, knownItem } from './prefill.ts'
import { type Bag, enterItem, itemsOf, openScope, type Scope } from './scope.ts'
import { shaped } from './shape.ts'
import type { FormContext } from './view.ts'

/** Is a page, group, field or repeat group shown, seen from the scope? */
export function isShown(part: Page | Block, scope: Scope): boolean {
  const when: Cond | undefined = 'when' in part ? part.when : undefined
  return when === undefined || holds(when, scope)
}

/**
 * Visible, filled, well-shaped answers in form order. Conditions look back only (checkForm), so one
 * pass sees everything they need, and an answer on a hidden branch cannot show or hide anything.
 * Values set by the office come from the prefill, whatever the answers say. Idempotent.
 */
export function prune(def: FormDefinition, answers: Answers, ctx: FormContext): Answers {
  const root: Bag = {}
  const known = applyPrefill(def, ctx.prefill ?? {})
  const pass: Pass = { scope: openScope(def, root, ctx), pinned: ctx.prefill !== undefined }
  for (const page of def.pages) {
    if (isShown(page, pass.scope)) pruneBlocks(page.blocks, answers, known, root, pass)
  }
  return root
}

interface Pass {
  readonly scope: Scope
  /** With a prefill, values that only the office sets come from it alone. */
  readonly pinned: boolean
}

function pruneBlocks(
  blocks: readonly Block[],
  answers: Answers,
  known: Answers,
  into: Bag,
  pass: Pass,
): void {
  for (const block of blocks) {
    if (!isShown(block, pass.scope)) continue
    if (block.kind === 'group') pruneBlocks(block.blocks, answers, known, into, pass)
    if (block.kind === 'repeat') pruneItems(block, answers, known, into, pass)
    if (block.kind !== 'field') continue
    const source = block.readonly && pass.pinned ? known : answers
    const value = shaped(block, source[block.key])
    if (value !== undefined) into[block.key] = value
  }
}

function pruneItems(repeat: Repeat, answers: Answers, known: Answers, into: Bag, pass: Pass): void {
  const knownOnes = pass.pinned ? itemsOf(known[repeat.key]) : []
  const items = currentItems(repeat, itemsOf(answers[repeat.key]), knownOnes)
  const kept: Item[] = []
  if (items.length > 0) into[repeat.key] = kept
  for (const item of items) {
    const mine = knownItem(knownOnes, item.id)
    const bag: Bag & { id: string } = { id: item.id }
    kept.push(bag)
    const scope = enterItem(pass.scope, bag, mine !== undefined)
    pruneBlocks(repeat.blocks, item, mine ?? {}, bag, { ...pass, scope })
  }
}
