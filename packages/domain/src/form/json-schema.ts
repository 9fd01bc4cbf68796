// A JSON Schema of the exported answers, for archives and core systems that check what they take over.
import type { Block, Field, FormDefinition } from './definition.ts'
import { entriesOf } from './prefill.ts'

export interface JsonSchema {
  readonly [keyword: string]: unknown
}

const TEXT: JsonSchema = { type: 'string', minLength: 1 }
const TEXTS: JsonSchema = { type: 'array', items: TEXT, minItems: 1, uniqueItems: true }
const DATE: JsonSchema = { type: 'string', format: 'date' }

function object(properties: { readonly [key: string]: JsonSchema }, required?: readonly string[]) {
  const shape = { type: 'object', additionalProperties: false, properties }
  return required === undefined ? shape : { ...shape, required }
}

const ADDRESS = object({ strasse: TEXT, hausnr: TEXT, plz: TEXT, ort: TEXT, land: TEXT })

const PROOF = object(
  {
    wie: { enum: ['jetzt', 'spaeter', 'nicht_moeglich'] },
    dateien: TEXTS,
    bis: DATE,
    grund: TEXT,
  },
  ['wie'],
)

function valueSchema(field: Field): JsonSchema {
  switch (field.type) {
    case 'date':
      return DATE
    case 'money':
    case 'int':
      return { type: 'integer', minimum: field.min ?? 0, ...(field.max && { maximum: field.max }) }
    case 'yesno':
      return { enum: ['ja', 'nein'] }
    case 'choice':
      return { enum: field.options.map((option) => option.value) }
    case 'multi':
      return { ...TEXTS, items: { enum: field.options.map((option) => option.value) } }
    case 'checkbox':
      return { const: true }
    case 'address':
      return ADDRESS
    case 'file':
      return field.max === undefined ? TEXTS : { ...TEXTS, maxItems: field.max }
    case 'proof':
      return PROOF
    default:
      return TEXT
  }
}

function fieldSchema(field: Field): JsonSchema {
  const unit = field.type === 'money' ? { description: 'EUR cents' } : {}
  return { title: field.label.de, ...unit, ...valueSchema(field) }
}

function propertiesOf(blocks: readonly Block[]): { readonly [key: string]: JsonSchema } {
  const entries = entriesOf(blocks).map((entry): [string, JsonSchema] => {
    if (entry.kind === 'field') return [entry.key, fieldSchema(entry)]
    const items = object({ id: TEXT, ...propertiesOf(entry.blocks) }, ['id'])
    return [entry.key, { title: entry.title.de, type: 'array', items }]
  })
  return Object.fromEntries(entries)
}

/**
 * Schema (2020-12) of valid, pruned answers. Nothing is required in it, because what is asked depends
 * on the answers; the form itself decides that.
 */
export function toJsonSchema(def: FormDefinition): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:einmal-pin:answers:${def.id}:${def.version}`,
    title: def.title.de,
    ...object(propertiesOf(def.pages.flatMap((page) => page.blocks))),
  }
}
