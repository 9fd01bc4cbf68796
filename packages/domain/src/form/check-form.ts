// What the engine takes for granted about a form is enforced here, before a form is published.

import { infoProblems, orderProblems, referenceProblems } from './check-references.ts'
import type { FormDefinition } from './definition.ts'
import { LOCALES } from './definition.ts'
import { type Entry, indexForm } from './form-index.ts'
import { type FormProblem, problem } from './form-problem.ts'
import { canHold } from './reachable.ts'

type Index = ReadonlyMap<string, Entry>
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

/**
 * All problems of a form; empty if it may be published. Finds dangling references, options that do not
 * exist, duplicate keys, conditions that look ahead or go round, pages and fields that nobody can
 * reach, missing texts per language, fields without purpose or legal basis, and `schriftform`.
 */
export function checkForm(def: FormDefinition): readonly FormProblem[] {
  const entries = indexForm(def)
  const index: Index = new Map(entries.map((entry) => [entry.path, entry]))
  const written: unknown = def.schriftform
  return [
    ...(written === false ? [] : [problem('form.schriftform', def.id)]),
    ...keyProblems(def, entries),
    ...referenceProblems(def, entries, index),
    ...infoProblems(def, index),
    ...orderProblems(entries, index),
    ...reachProblems(def, entries, index),
    ...pagingProblems(entries),
    ...lawProblems(entries),
    ...textProblems(def),
  ]
}
