// What the engine takes for granted about a form is enforced here, before a form is published.
import type { Cond, Operand } from './condition.ts'
import type { Block, FormDefinition } from './definition.ts'
import { LOCALES } from './definition.ts'
import {
  type Entry,
  indexForm,
  operandReferences,
  type Placed,
  type Reference,
  references,
  schemaPath,
} from './form-index.ts'
import { canHold } from './reachable.ts'

export type FormProblemCode =
  | 'form.schriftform'
  | 'form.key.format'
  | 'form.key.duplicate'
  | 'form.reference.unknown'
  | 'form.reference.forward'
  | 'form.reference.cycle'
  | 'form.option.unknown'
  | 'form.parameter.unknown'
  | 'form.page.unreachable'
  | 'form.field.unreachable'
  | 'form.repeat.paging'
  | 'form.text.missing'
  | 'form.purpose.missing'
  | 'form.legalBasis.missing'

export interface FormProblem {
  readonly code: FormProblemCode
  /** Schema path, page id, check id or text key, and for texts the language. */
  readonly where: string
}

type Index = ReadonlyMap<string, Entry>
const problem = (code: FormProblemCode, where: string): FormProblem => ({ code, where })
const isText = (text: unknown): boolean => typeof text === 'string' && text.trim() !== ''

function duplicates(keys: readonly string[]): readonly string[] {
  return [...new Set(keys.filter((key, at) => keys.indexOf(key) !== at))]
}

function keyProblems(def: FormDefinition, entries: readonly Entry[]): readonly FormProblem[] {
  const names = [...entries.map((entry) => entry.entry.key), ...def.pages.map((page) => page.id)]
  const odd = names.filter((name) => !/^[a-z][a-z0-9_-]{0,59}$/.test(name))
  const twice = [
    ...duplicates(entries.map((entry) => entry.path)),
    ...duplicates(def.pages.map((page) => page.id)),
    ...duplicates(def.checks.map((check) => check.id)),
    ...duplicates(def.parameters.map((parameter) => parameter.id)),
  ]
  return [
    ...odd.map((name) => problem('form.key.format', name)),
    ...twice.map((key) => problem('form.key.duplicate', key)),
  ]
}

/** Every part of a JSON condition that is an object, itself included. */
function* partsOf(value: unknown): Generator<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield { ...value }
  for (const part of Object.values(value)) yield* partsOf(part)
}

function parameterProblems(value: unknown, where: string, def: FormDefinition) {
  const used = [...partsOf(value)].map((part) => part['parameter']).filter((id) => id !== undefined)
  return used
    .filter((id) => !def.parameters.some((parameter) => parameter.id === id))
    .map((id) => problem('form.parameter.unknown', `${where}: ${String(id)}`))
}

/** An `at` may name a day that only some users of a shared part have, but not a misspelt one. */
function isDangling({ path, optional }: Reference, index: Index): boolean {
  if (index.has(path)) return false
  const key = path.slice(path.lastIndexOf('/') + 1)
  return !optional || ![...index.values()].some((entry) => entry.entry.key === key)
}

function danglingProblems(refs: readonly Reference[], where: string, index: Index) {
  return refs
    .filter((ref) => isDangling(ref, index))
    .map(({ path }) => problem('form.reference.unknown', `${where}: ${path}`))
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
    .map((value) => problem('form.option.unknown', `${where}: ${String(value)}`))
}

function conditionProblems(
  { cond, container }: Placed,
  where: string,
  def: FormDefinition,
  index: Index,
): readonly FormProblem[] {
  return [
    ...danglingProblems(references(cond, container), where, index),
    ...optionProblems(cond, container, where, index),
    ...parameterProblems(cond, where, def),
  ]
}

function operandProblems(
  operand: Operand | undefined,
  container: string,
  where: string,
  def: FormDefinition,
  index: Index,
): readonly FormProblem[] {
  if (operand === undefined) return []
  return [
    ...danglingProblems(operandReferences(operand, container), where, index),
    ...parameterProblems(operand, where, def),
  ]
}

/** Visibility may only look back; a look ahead is named a cycle if it comes round. */
function orderProblems(entries: readonly Entry[], index: Index): readonly FormProblem[] {
  const position = new Map(entries.map((entry, at) => [entry.path, at]))
  const needs = (path: string): readonly string[] =>
    (index.get(path)?.shownIf ?? []).flatMap(({ cond, container }) =>
      references(cond, container).map((ref) => ref.path),
    )
  const comesRound = (start: string, path: string, seen: Set<string>): boolean =>
    path === start ||
    (!seen.has(path) && needs(path).some((next) => comesRound(start, next, seen.add(path))))
  return entries.flatMap((entry, at) =>
    [...new Set(needs(entry.path))]
      .filter((path) => (position.get(path) ?? -1) >= at)
      .map((path) => {
        const cycle = comesRound(entry.path, path, new Set())
        return problem(
          cycle ? 'form.reference.cycle' : 'form.reference.forward',
          `${entry.path}: ${path}`,
        )
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
    ...dates.flatMap((operand) => operandProblems(operand, container, path, def, index)),
  ]
}

function referenceProblems(def: FormDefinition, entries: readonly Entry[], index: Index) {
  const shown = entries.flatMap((entry) =>
    entry.shownIf.flatMap((placed) => conditionProblems(placed, entry.path, def, index)),
  )
  const fields = entries.flatMap((entry) => fieldProblems(entry, def, index))
  const checks = def.checks.flatMap((check) =>
    (check.each ?? ['']).flatMap((container) => {
      const where = `check ${check.id}`
      const values = Object.values(check.values ?? {}).map((value) => value.of)
      return [
        ...danglingProblems(
          [{ path: schemaPath(check.at, container), optional: false }],
          where,
          index,
        ),
        ...conditionProblems({ cond: check.when, container }, where, def, index),
        ...values.flatMap((value) => operandProblems(value, container, where, def, index)),
      ]
    }),
  )
  return [...shown, ...fields, ...checks]
}

function reachProblems(def: FormDefinition, entries: readonly Entry[], index: Index) {
  const pages = def.pages
    .filter((page) => page.when && !canHold([{ cond: page.when, container: '' }], index))
    .map((page) => problem('form.page.unreachable', page.id))
  const lost = new Set(pages.map((found) => found.where))
  const fields = entries
    .filter((entry) => !lost.has(entry.page.id) && !canHold(entry.shownIf, index))
    .map((entry) => problem('form.field.unreachable', entry.path))
  return [...pages, ...fields]
}

function pagingProblems(entries: readonly Entry[]): readonly FormProblem[] {
  const own = entries.filter(({ entry }) => entry.kind === 'repeat' && entry.paging === 'own')
  const nested = own.filter((entry) => entry.container !== '')
  const several = duplicates(own.map((entry) => entry.page.id))
  const wrong = [...nested.map((entry) => entry.path), ...several]
  return wrong.map((where) => problem('form.repeat.paging', where))
}

function lawProblems(entries: readonly Entry[]): readonly FormProblem[] {
  return entries.flatMap(({ entry, page, path }) => {
    const own = entry.kind === 'field' ? entry : undefined
    const purpose = own?.purpose ?? page.purpose
    const law = own?.legalBasis ?? page.legalBasis
    return [
      ...(isText(purpose?.de) ? [] : [problem('form.purpose.missing', path)]),
      ...(isText(law?.de) ? [] : [problem('form.legalBasis.missing', path)]),
    ]
  })
}

/** Every text of the form with the place where it stands. */
function* textsOf(
  value: unknown,
  where: string,
): Generator<readonly [string, Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return
  if ('de' in value) {
    yield [where, { ...value }]
    return
  }
  for (const [key, part] of Object.entries(value)) {
    const name: unknown =
      typeof part === 'object' &&
      part !== null &&
      ('key' in part ? part.key : 'id' in part && part.id)
    yield* textsOf(part, `${where}/${typeof name === 'string' ? name : key}`)
  }
}

function textProblems(def: FormDefinition): readonly FormProblem[] {
  return [...textsOf(def, '')].flatMap(([where, text]) =>
    LOCALES.filter((locale) => !isText(text[locale])).map((locale) =>
      problem('form.text.missing', `${where.slice(1)} (${locale})`),
    ),
  )
}

function blockConditions(blocks: readonly Block[], container: string): readonly Placed[] {
  return blocks.flatMap((block): readonly Placed[] => {
    if (block.kind === 'info') return block.when ? [{ cond: block.when, container }] : []
    if (block.kind === 'group') return blockConditions(block.blocks, container)
    if (block.kind !== 'repeat') return []
    return blockConditions(block.blocks, schemaPath(`./${block.key}`, container))
  })
}

/**
 * All problems of a form; empty if it may be published. Finds dangling references, options that do not
 * exist, duplicate keys, conditions that look ahead or go round, pages and fields that nobody can
 * reach, missing texts per language, fields without purpose or legal basis, and `schriftform`.
 */
export function checkForm(def: FormDefinition): readonly FormProblem[] {
  const entries = indexForm(def)
  const index: Index = new Map(entries.map((entry) => [entry.path, entry]))
  const infos = def.pages.flatMap((page) => blockConditions(page.blocks, ''))
  const written: unknown = def.schriftform
  return [
    ...(written === false ? [] : [problem('form.schriftform', def.id)]),
    ...keyProblems(def, entries),
    ...referenceProblems(def, entries, index),
    ...infos.flatMap((placed) => conditionProblems(placed, 'info', def, index)),
    ...orderProblems(entries, index),
    ...reachProblems(def, entries, index),
    ...pagingProblems(entries),
    ...lawProblems(entries),
    ...textProblems(def),
  ]
}
