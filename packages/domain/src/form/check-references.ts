// Do all conditions of a form refer to what exists, and only look back?
import type { Cond, Operand } from './condition.ts'
import type { Block, FormDefinition, Info } from './definition.ts'
import {
  comparisonOf,
  type Entry,
  operandConditions,
  operandReferences,
  type Placed,
  type Reference,
  references,
  schemaPath,
} from './form-index.ts'
import { type FormProblem, problem } from './form-problem.ts'

type Index = ReadonlyMap<string, Entry>

/** Every part of a JSON condition that is an object, itself included. */
function* partsOf(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield { ...value }
  for (const part of Object.values(value)) yield* partsOf(part)
}

function parameterProblems(value: object, where: string, def: FormDefinition) {
  const used = [...partsOf(value)].map((part) => part['parameter']).filter((id) => id !== undefined)
  return used
    .filter((id) => !def.parameters.some((parameter) => parameter.id === id))
    .map((id) => problem('form.parameter.unknown', `${where}: ${String(id)}`, value, String(id)))
}

/** An `at` may name a day that only some users of a shared part have, but not a misspelt one. */
function isDangling({ path, optional }: Reference, index: Index): boolean {
  if (index.has(path)) return false
  const key = path.slice(path.lastIndexOf('/') + 1)
  return !optional || ![...index.values()].some((entry) => entry.entry.key === key)
}

function danglingProblems(refs: readonly Reference[], where: string, at: object, index: Index) {
  return refs
    .filter((ref) => isDangling(ref, index))
    .map(({ path, written }) => problem('form.reference.unknown', `${where}: ${path}`, at, written))
}

/** Values compared with a choice must be among its options. */
function optionProblems(
  cond: Cond,
  container: string,
  where: string,
  index: Index,
): readonly FormProblem[] {
  const again = (part: Cond, inside = container) => optionProblems(part, inside, where, index)
  if ('all' in cond) return cond.all.flatMap((part) => again(part))
  if ('any' in cond) return cond.any.flatMap((part) => again(part))
  if ('not' in cond) return again(cond.not)
  if ('some' in cond) return again(cond.where, schemaPath(cond.some, container))
  const inside = (comparisonOf(cond) ?? []).flatMap((part) => operandConditions(part, container))
  if (inside.length > 0) return inside.flatMap((part) => again(part.cond, part.container))
  const pair =
    'eq' in cond ? cond.eq : 'has' in cond ? cond.has : 'in' in cond ? cond.in : undefined
  if (pair === undefined) return []
  const field = index.get(schemaPath(pair[0], container))?.entry
  if (field?.kind !== 'field') return []
  const known =
    field.type === 'yesno'
      ? ['ja', 'nein']
      : 'options' in field
        ? field.options.map((option) => option.value)
        : undefined
  const wanted = 'in' in cond ? cond.in[1] : [pair[1]]
  return wanted
    .filter((value) => known !== undefined && !known.some((option) => option === value))
    .map((value) =>
      problem('form.option.unknown', `${where}: ${String(value)}`, cond, String(value)),
    )
}

function conditionProblems(
  { cond, container }: Placed,
  where: string,
  def: FormDefinition,
  index: Index,
): readonly FormProblem[] {
  return [
    ...danglingProblems(references(cond, container), where, cond, index),
    ...optionProblems(cond, container, where, index),
    ...parameterProblems(cond, where, def),
  ]
}

/** Of an operand inside `owner`. */
function operandProblems(
  operand: Operand | undefined,
  { owner, container, where }: { owner: object; container: string; where: string },
  def: FormDefinition,
  index: Index,
): readonly FormProblem[] {
  if (operand === undefined) return []
  const at = typeof operand === 'object' ? operand : owner
  return [
    ...danglingProblems(operandReferences(operand, container), where, at, index),
    ...operandConditions(operand, container).flatMap((part) =>
      optionProblems(part.cond, part.container, where, index),
    ),
    ...(typeof operand === 'object' ? parameterProblems(operand, where, def) : []),
  ]
}

/** Visibility may only look back; a look ahead is named a cycle if it comes round. */
export function orderProblems(entries: readonly Entry[], index: Index): readonly FormProblem[] {
  const position = new Map(entries.map((entry, at) => [entry.path, at]))
  const needsOf = ({ shownIf }: Entry) =>
    shownIf.flatMap(({ cond, container }) =>
      references(cond, container).map((ref) => ({ ...ref, cond })),
    )
  const needs = (path: string): readonly string[] => {
    const entry = index.get(path)
    return entry === undefined ? [] : needsOf(entry).map((need) => need.path)
  }
  const comesRound = (start: string, path: string, seen: Set<string>): boolean =>
    path === start ||
    (!seen.has(path) && needs(path).some((next) => comesRound(start, next, seen.add(path))))
  return entries.flatMap((entry, at) =>
    needsOf(entry)
      .filter(({ path }) => (position.get(path) ?? -1) >= at)
      .map(({ path, cond, written }) => {
        const cycle = comesRound(entry.path, path, new Set())
        const code = cycle ? 'form.reference.cycle' : 'form.reference.forward'
        return problem(code, `${entry.path}: ${path}`, cond, written)
      }),
  )
}

function fieldProblems({ entry, container, path }: Entry, def: FormDefinition, index: Index) {
  if (entry.kind !== 'field') return []
  const { required } = entry
  const dates = entry.type === 'date' ? [entry.notBefore, entry.notAfter] : []
  return [
    ...(typeof required === 'object'
      ? conditionProblems({ cond: required, container }, path, def, index)
      : []),
    ...dates.flatMap((operand) =>
      operandProblems(operand, { owner: entry, container, where: path }, def, index),
    ),
  ]
}

/** Dangling references, wrong options and unknown parameters of all conditions, checks and limits. */
export function referenceProblems(def: FormDefinition, entries: readonly Entry[], index: Index) {
  const shown = entries.flatMap((entry) =>
    entry.shownIf.flatMap((placed) => conditionProblems(placed, entry.path, def, index)),
  )
  const fields = entries.flatMap((entry) => fieldProblems(entry, def, index))
  const checks = def.checks.flatMap((check) =>
    (check.each ?? ['']).flatMap((container) => {
      const where = `check ${check.id}`
      return [
        ...danglingProblems(operandReferences(check.at, container), where, check, index),
        ...conditionProblems({ cond: check.when, container }, where, def, index),
        ...valueProblems(check.values, { container, where }, def, index),
      ]
    }),
  )
  return [...shown, ...fields, ...checks]
}

/** Values shown in a text. */
function valueProblems(
  values: Info['values'],
  place: { container: string; where: string },
  def: FormDefinition,
  index: Index,
): readonly FormProblem[] {
  return Object.values(values ?? {}).flatMap((value) =>
    operandProblems(value.of, { owner: value, ...place }, def, index),
  )
}

/** Conditions and values of info blocks, which stand in no list of fields. */
export function infoProblems(def: FormDefinition, index: Index): readonly FormProblem[] {
  const placed = def.pages.flatMap((page) => infosOf(page.blocks, ''))
  return placed.flatMap(({ info, container }) => [
    ...(info.when ? conditionProblems({ cond: info.when, container }, 'info', def, index) : []),
    ...valueProblems(info.values, { container, where: 'info' }, def, index),
  ])
}

interface PlacedInfo {
  readonly info: Info
  readonly container: string
}

function infosOf(blocks: readonly Block[], container: string): readonly PlacedInfo[] {
  return blocks.flatMap((block): readonly PlacedInfo[] => {
    if (block.kind === 'info') return [{ info: block, container }]
    if (block.kind === 'group') return infosOf(block.blocks, container)
    if (block.kind !== 'repeat') return []
    return infosOf(block.blocks, schemaPath(`./${block.key}`, container))
  })
}
