// From definition, answers and day to what is on screen. The one entry for browser, office and tests.
import type { Answers, AnswerValue, Item } from './answers.ts'
import type { Block, Field, FormDefinition, Page, Repeat } from './definition.ts'
import { holds } from './holds.ts'
import { applyPrefill, knownItem } from './prefill.ts'
import { isShown, prune } from './prune.ts'
import { runChecks, shownParams } from './run-checks.ts'
import { enterItem, itemsOf, openScope, type Scope } from './scope.ts'
import type { StepDraft } from './step-status.ts'
import { finishStep } from './step-status.ts'
import { missingCode, slipsOf } from './validate-value.ts'
import type {
  BlockView,
  FieldView,
  FormContext,
  FormView,
  Issue,
  ItemView,
  RepeatView,
} from './view.ts'

/** Where the walk stands: the scope, the path so far, the answers and known values at this level. */
interface Place {
  readonly scope: Scope
  readonly prefix: string
  readonly values: Answers
  readonly known: Answers
  readonly page: Page
}

interface Walk {
  readonly checks: ReadonlyMap<string, readonly Issue[]>
  readonly steps: StepDraft[]
}

/**
 * Evaluates the whole form: visible steps in order with their blocks, values, issues and status.
 * Pure; the same arguments give the same view in the browser and, after decryption, in the office.
 */
export function evaluateForm(def: FormDefinition, given: Answers, ctx: FormContext): FormView {
  const answers = prune(def, given, ctx)
  const known = applyPrefill(def, ctx.prefill ?? {})
  const scope = openScope(def, answers, ctx)
  const walk: Walk = { checks: byPath(runChecks(def, scope, known)), steps: [] }
  for (const page of def.pages) {
    if (isShown(page, scope)) walkPage({ scope, prefix: '', values: answers, known, page }, walk)
  }
  const steps = walk.steps.map((step) => finishStep(step, ctx.visited ?? []))
  const done = steps.filter((step) => step.status === 'done').length
  return { answers, steps, progress: { done, total: steps.length } }
}

// Map.groupBy would do, but phones from before 2024 lack it.
function byPath(issues: readonly Issue[]): ReadonlyMap<string, readonly Issue[]> {
  const map = new Map<string, Issue[]>()
  for (const issue of issues) map.set(issue.path, [...(map.get(issue.path) ?? []), issue])
  return map
}

function walkPage(place: Place, walk: Walk): void {
  const { page } = place
  const index = walk.steps.length
  const blocks = viewBlocks(page.blocks, place, walk)
  const draft = { id: page.id, page, title: page.title, item: undefined, blocks }
  walk.steps.splice(index, 0, draft)
}

function viewBlocks(blocks: readonly Block[], place: Place, walk: Walk): readonly BlockView[] {
  return blocks
    .filter((block) => isShown(block, place.scope))
    .flatMap((block): readonly BlockView[] => {
      switch (block.kind) {
        case 'field':
          return viewField(block, place, walk)
        case 'repeat':
          return [viewRepeat(block, place, walk)]
        case 'group': {
          const { kind, id, title } = block
          return [{ kind, id, title, blocks: viewBlocks(block.blocks, place, walk) }]
        }
        case 'info': {
          const params = shownParams(block.values, place.scope)
          return [{ kind: 'info', id: block.id, tone: block.tone, text: block.text, params }]
        }
        default:
          return [{ kind: 'review', id: block.id }]
      }
    })
}

/** A value that only the office sets is shown only if there is one. */
function viewField(field: Field, place: Place, walk: Walk): readonly FieldView[] {
  const value = place.values[field.key]
  if (field.readonly && value === undefined) return []
  const path = place.prefix + field.key
  const required = isRequired(field, place.scope)
  const issues = [
    ...fieldIssues(field, value, path, required, place.scope),
    ...(walk.checks.get(path) ?? []),
  ]
  return [{ kind: 'field', path, field, required, value, known: place.known[field.key], issues }]
}

function isRequired(field: Field, scope: Scope): boolean {
  if (typeof field.required === 'object') return holds(field.required, scope)
  return field.required === true
}

function fieldIssues(
  field: Field,
  value: AnswerValue | undefined,
  path: string,
  required: boolean,
  scope: Scope,
): readonly Issue[] {
  if (value === undefined) {
    return required ? [{ level: 'error', path, code: missingCode(field), params: {} }] : []
  }
  return slipsOf(field, value, scope).map(({ code, params, part }) => ({
    level: 'error',
    path: part === undefined ? path : `${path}.${part}`,
    code,
    params,
  }))
}

function viewRepeat(repeat: Repeat, place: Place, walk: Walk): RepeatView {
  const path = place.prefix + repeat.key
  const items = itemsOf(place.values[repeat.key])
  const { kind, title, item, add, paging } = repeat
  const canAdd = repeat.fixed !== true && items.length < repeat.max
  return {
    ...{ kind, path, title, item, add, paging, canAdd },
    copy: canAdd && items.length > 0 ? copyOf(repeat) : undefined,
    items: items.map((entry, index) => viewItem(repeat, entry, index + 1, place, walk)),
    issues: [...countIssues(repeat, items.length, path), ...(walk.checks.get(path) ?? [])],
  }
}

function copyOf({ copy, copyFrom }: Repeat): RepeatView['copy'] {
  return copy && copyFrom && { label: copy, from: copyFrom }
}

function countIssues(repeat: Repeat, count: number, path: string): readonly Issue[] {
  const issue = (code: string, limit: number): readonly Issue[] => [
    { level: 'error', path, code, params: { limit: { as: 'int', value: limit } } },
  ]
  if (count < repeat.min) return issue('repeat.required', repeat.min)
  return count > repeat.max ? issue('repeat.tooMany', repeat.max) : []
}

function viewItem(repeat: Repeat, item: Item, number: number, outer: Place, walk: Walk): ItemView {
  const knownOne = knownItem(outer.known[repeat.key], item.id)
  const path = `${outer.prefix}${repeat.key}/${item.id}`
  const place: Place = {
    scope: enterItem(outer.scope, item, knownOne !== undefined),
    prefix: `${path}/`,
    values: item,
    known: knownOne ?? {},
    page: outer.page,
  }
  const own = repeat.paging === 'own'
  const blocks = viewBlocks(repeat.blocks, place, walk)
  const stepId = own ? `${outer.page.id}/${item.id}` : undefined
  const known = knownOne !== undefined
  const name = nameOf(repeat, item)
  const shared = { id: item.id, path, name, number, known, removable: !known && !repeat.fixed }
  const view: ItemView = { ...shared, stepId, blocks: own ? [] : blocks }
  if (stepId !== undefined) {
    walk.steps.push({ id: stepId, page: outer.page, title: repeat.item, item: view, blocks })
  }
  return view
}

function nameOf(repeat: Repeat, item: Item): string | undefined {
  const parts = repeat.nameFrom.map((key) => item[key]).filter((part) => typeof part === 'string')
  return parts.length > 0 ? parts.join(' ') : undefined
}
