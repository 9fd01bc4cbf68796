// What the engine takes for granted about a form is enforced here, before a form is published.

import { infoProblems, orderProblems, referenceProblems } from './check-references.ts'
import type { Block, FormDefinition } from './definition.ts'
import { LOCALES } from './definition.ts'
import { type Entry, indexForm } from './form-index.ts'
import { type FormProblem, problem } from './form-problem.ts'
import { entriesOf } from './prefill.ts'
import { canHold } from './reachable.ts'

type Index = ReadonlyMap<string, Entry>
const isText = (text: unknown): boolean => typeof text === 'string' && text.trim() !== ''

/** Something with a name that stands once only: `written` is the last part of `name`. */
interface Named {
  readonly name: string
  readonly written: string
  readonly at: object
}

const named = (parts: readonly { readonly id: string }[]): readonly Named[] =>
  parts.map((at) => ({ name: at.id, written: at.id, at }))

/** The second one of each name that stands more than once. */
function seconds(list: readonly Named[]): readonly Named[] {
  return list.filter(
    ({ name }, at) => list.slice(0, at).filter((earlier) => earlier.name === name).length === 1,
  )
}

/** Notes and headings of each list of blocks, lists further in after their own. */
function idLists(blocks: readonly Block[]): readonly (readonly Named[])[] {
  const own = blocks.flatMap((block) =>
    block.kind === 'info' || block.kind === 'group'
      ? [{ name: `${block.kind} ${block.id}`, written: block.id, at: block }]
      : [],
  )
  const inner = blocks.flatMap((block) => ('blocks' in block ? idLists(block.blocks) : []))
  return [own, ...inner]
}

function keyProblems(def: FormDefinition, entries: readonly Entry[]): readonly FormProblem[] {
  const fields = entries.map(({ path, entry }) => ({ name: path, written: entry.key, at: entry }))
  const pages = named(def.pages)
  const odd = [...fields, ...pages].filter(
    ({ written }) => !/^[a-z][a-z0-9_-]{0,59}$/.test(written),
  )
  const ids = def.pages.flatMap((page) => idLists(page.blocks))
  const twice = [fields, pages, named(def.checks), named(def.parameters), ...ids].flatMap(seconds)
  return [
    ...odd.map(({ written, at }) => problem('form.key.format', written, at, written)),
    ...twice.map(({ name, written, at }) => problem('form.key.duplicate', name, at, written)),
  ]
}

function reachProblems(def: FormDefinition, entries: readonly Entry[], index: Index) {
  const pages = def.pages
    .filter((page) => page.when && !canHold([{ cond: page.when, container: '' }], index))
    .map((page) => problem('form.page.unreachable', page.id, page.when ?? page))
  const lost = new Set(pages.map((found) => found.where))
  const fields = entries
    .filter((entry) => !lost.has(entry.page.id) && !canHold(entry.shownIf, index))
    .map((entry) => problem('form.field.unreachable', entry.path, entry.entry.when ?? entry.entry))
  return [...pages, ...fields]
}

function pagingProblems(entries: readonly Entry[]): readonly FormProblem[] {
  const own = entries.filter(({ entry }) => entry.kind === 'repeat' && entry.paging === 'own')
  const nested = own.filter((entry) => entry.container !== '')
  const several = seconds(
    own.map(({ page, entry }) => ({ name: page.id, written: entry.key, at: entry })),
  )
  return [
    ...nested.map(({ path, entry }) => problem('form.repeat.paging', path, entry)),
    ...several.map(({ name, at }) => problem('form.repeat.paging', name, at)),
  ]
}

const COPYABLE = (block: Block): boolean =>
  block.kind === 'field' && block.type !== 'file' && block.type !== 'proof' && !block.readonly

/** Only plain answers are taken over into a new item: a document stands in one place. */
function copyProblems(entries: readonly Entry[]): readonly FormProblem[] {
  return entries.flatMap(({ entry, path }) => {
    if (entry.kind !== 'repeat' || entry.copyFrom === undefined) return []
    const fields = entriesOf(entry.blocks).filter(COPYABLE)
    return entry.copyFrom
      .filter((key) => !fields.some((field) => field.key === key))
      .map((key) => problem('form.repeat.copy', `${path}: ${key}`, entry, key))
  })
}

function lawProblems(entries: readonly Entry[]): readonly FormProblem[] {
  return entries.flatMap(({ entry, page, path }) => {
    const own = entry.kind === 'field' ? entry : undefined
    const purpose = own?.purpose ?? page.purpose
    const law = own?.legalBasis ?? page.legalBasis
    return [
      ...(isText(purpose?.de) ? [] : [problem('form.purpose.missing', path, entry)]),
      ...(isText(law?.de) ? [] : [problem('form.legalBasis.missing', path, entry)]),
    ]
  })
}

/** Every text of the form with the place where it stands. */
function* textsOf(value: unknown, where: string): Generator<readonly [string, object]> {
  if (typeof value !== 'object' || value === null) return
  if ('de' in value) {
    yield [where, value]
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
    LOCALES.filter((locale) => !isText(new Map(Object.entries(text)).get(locale))).map((locale) =>
      problem('form.text.missing', `${where.slice(1)} (${locale})`, text, locale),
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
    ...(written === false ? [] : [problem('form.schriftform', def.id, def)]),
    ...keyProblems(def, entries),
    ...referenceProblems(def, entries, index),
    ...infoProblems(def, index),
    ...orderProblems(entries, index),
    ...reachProblems(def, entries, index),
    ...pagingProblems(entries),
    ...copyProblems(entries),
    ...lawProblems(entries),
    ...textProblems(def),
  ]
}
