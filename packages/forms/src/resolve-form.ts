// Puts texts, shared parts and terms into the structure: FormSource + texts -> FormDefinition.
import {
  type FormDefinition,
  LOCALES,
  type Locale,
  type LText,
} from '@einmal-pin/domain/form/definition'
import { withLastPage } from '@einmal-pin/domain/form/last-page'
import { originMark } from './origin.ts'
import {
  type FormSource,
  isObject,
  type Json,
  type JsonObject,
  objectsIn,
  type Texts,
} from './source.ts'

export type TextsByLocale = { readonly [Locale in (typeof LOCALES)[number]]: Texts }

export interface Resolved {
  readonly form: FormDefinition
  /** Texts of the files that no part of the form asked for. */
  readonly unusedTexts: readonly { readonly key: string; readonly locale: Locale }[]
  /** The key under which a text of the form was looked for. */
  readonly keyOf: (text: object) => string | undefined
}

/** Hands out texts by key and remembers which were asked for. */
class TextShelf {
  readonly #texts: TextsByLocale
  readonly #asked = new Set<string>()
  readonly #keys = new WeakMap<object, string>()

  constructor(texts: TextsByLocale) {
    this.#texts = texts
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#texts.de, key)
  }

  /** A missing German text becomes empty, which checkForm reports. */
  take(key: string): LText {
    this.#asked.add(key)
    const found = LOCALES.filter((locale) => Object.hasOwn(this.#texts[locale], key))
    const text = {
      de: '',
      ...Object.fromEntries(found.map((locale) => [locale, this.#texts[locale][key]])),
    }
    this.#keys.set(text, key)
    return text
  }

  readonly keyOf = (text: object): string | undefined => this.#keys.get(text)

  unused(): Resolved['unusedTexts'] {
    return LOCALES.flatMap((locale) =>
      Object.keys(this.#texts[locale])
        .filter((key) => !this.#asked.has(key))
        .map((key) => ({ key, locale })),
    )
  }
}

/** A term or set that does not exist or contains itself: no form comes out. */
export class StructureError extends RangeError {
  readonly kind: 'term' | 'set'
  readonly written: string
  readonly at: object
  constructor(kind: 'term' | 'set', written: string, at: object) {
    super(`the form has no ${kind} "${written}", or it contains itself`)
    this.kind = kind
    this.written = written
    this.at = at
  }
}

const MAX_TERM_DEPTH = 20

interface Workshop {
  readonly source: FormSource
  readonly shelf: TextShelf
  /** The sets that we are inside of. */
  readonly within: readonly string[]
}

/** Optional texts are only there if somebody wrote them. */
function optional(shelf: TextShelf, name: string, key: string): Record<string, LText> {
  return shelf.has(key) ? { [name]: shelf.take(key) } : {}
}

/** Replaces `{ "term": "name" }` by the term, all the way down. */
/** Objects that terms may unfold to: terms that name others several times double with every step. */
const MAX_UNFOLDED = 200_000

function withTerms(
  value: Json | undefined,
  source: FormSource,
  depth = 0,
  unfolded = { count: 0 },
): Json | undefined {
  const inside = (part: Json | undefined) => withTerms(part, source, depth, unfolded)
  if (Array.isArray(value)) return value.map((part: Json) => inside(part) ?? null)
  if (!isObject(value)) return value
  unfolded.count += 1
  const name = value['term']
  if (typeof name === 'string') {
    const term = source.terms?.[name]
    const isTooMuch = depth > MAX_TERM_DEPTH || unfolded.count > MAX_UNFOLDED
    if (term === undefined || isTooMuch) throw new StructureError('term', name, value)
    return withTerms(term, source, depth + 1, unfolded)
  }
  const parts = Object.entries(value).map(([key, part]) => [key, inside(part)])
  return Object.assign(Object.fromEntries(parts), originMark(value))
}

/** The source with every term in the places that name it. Throws StructureError for one that does not exist. */
export function withoutTerms({ terms, ...source }: FormSource): FormSource {
  return withTerms(source, { ...source, ...(terms && { terms }) }) as FormSource
}

function options(block: JsonObject, prefix: string, shelf: TextShelf): readonly object[] {
  const list: readonly Json[] = Array.isArray(block['options']) ? block['options'] : []
  return list.map((entry) => {
    const option = isObject(entry) ? entry : { value: entry }
    return { ...option, label: shelf.take(`${prefix}.option.${String(option['value'])}`) }
  })
}

function field(block: JsonObject, scope: string, { shelf }: Workshop): object {
  const key = scope + String(block['key'])
  return {
    kind: 'field',
    ...block,
    label: shelf.take(key),
    ...optional(shelf, 'help', `${key}.help`),
    ...optional(shelf, 'purpose', `${key}.purpose`),
    ...optional(shelf, 'legalBasis', `${key}.legalBasis`),
    ...(block['options'] === undefined ? {} : { options: options(block, key, shelf) }),
  }
}

function repeat(block: JsonObject, scope: string, shop: Workshop): object {
  const key = scope + String(block['key'])
  const { shelf } = shop
  return {
    ...block,
    title: shelf.take(key),
    item: shelf.take(`${key}.item`),
    add:
      block['fixed'] === true ? { de: '-', 'de-simple': '-', en: '-' } : shelf.take(`${key}.add`),
    ...(block['copyFrom'] === undefined ? {} : { copy: shelf.take(`${key}.copy`) }),
    blocks: blocks(block['blocks'], `${key}.`, shop),
  }
}

function use(block: JsonObject, shop: Workshop): readonly object[] {
  const name = String(block['set'])
  const set = shop.source.sets?.[name]
  if (set === undefined || shop.within.includes(name)) throw new StructureError('set', name, block)
  return blocks(set, `${name}.`, { ...shop, within: [...shop.within, name] })
}

function blocks(list: Json | undefined, scope: string, shop: Workshop): readonly object[] {
  const { shelf } = shop
  return objectsIn(list).flatMap((block): readonly object[] => {
    const id = String(block['id'])
    switch (block['kind']) {
      case 'use':
        return use(block, shop)
      case 'repeat':
        return [repeat(block, scope, shop)]
      case 'info':
        return [{ ...block, text: shelf.take(`info.${id}`) }]
      case 'group': {
        const inner = blocks(block['blocks'], scope, shop)
        return [{ ...block, title: shelf.take(`group.${id}`), blocks: inner }]
      }
      default:
        return [field(block, scope, shop)]
    }
  })
}

function page(source: JsonObject, shop: Workshop): object {
  const key = `page.${String(source['id'])}`
  return {
    ...source,
    title: shop.shelf.take(`${key}.title`),
    ...optional(shop.shelf, 'intro', `${key}.intro`),
    purpose: shop.shelf.take(`${key}.purpose`),
    legalBasis: shop.shelf.take(`${key}.legalBasis`),
    blocks: blocks(source['blocks'], '', shop),
  }
}

/**
 * The finished form with all texts and the common last page. The structure must have passed the
 * meta-schema. Throws StructureError for a set or term that does not exist.
 */
export function resolveForm(raw: FormSource, texts: TextsByLocale): Resolved {
  const source = withoutTerms(raw)
  const shelf = new TextShelf(texts)
  const shop: Workshop = { source, shelf, within: [] }
  const checks = (source.checks ?? []).map((check) => ({
    ...check,
    message: shelf.take(`check.${String(check['id'])}`),
  }))
  const { schema, id, version, schriftform } = source
  const form = {
    ...{ schema, id, version, schriftform },
    title: shelf.take('form.title'),
    purpose: shelf.take('form.purpose'),
    legalBasis: shelf.take('form.legalBasis'),
    pages: source.pages.map((entry) => page(entry, shop)),
    checks,
    parameters: source.parameters ?? [],
  }
  // The meta-schema has checked every part that is copied; checkForm looks at the result.
  return {
    form: withLastPage(form as object as FormDefinition),
    unusedTexts: shelf.unused(),
    keyOf: shelf.keyOf,
  }
}
