// What the meta-schema refuses in a definition.json, reduced to the places where something has to be changed.
import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema'
import { DEFINITION_FILE, type Finding } from './finding.ts'
import type { JsonSource, Place } from './json-source.ts'

/** Keywords whose error only says that something inside is wrong. */
const WRAPPERS = new Set([
  ...['$ref', 'properties', 'items', 'prefixItems', 'additionalProperties'],
  ...['if', 'then', 'else', 'allOf'],
])

export interface Refusal {
  readonly pointer: string
  readonly message: string
  /** Whether the name of the member is wrong, not its value. */
  readonly isName: boolean
}

const nameIn = (error: string): string => /"(?<name>[^"]*)"/.exec(error)?.groups?.['name'] ?? ''

function refusalOf({ instanceLocation, keywordLocation, error }: OutputUnit): Refusal[] {
  const pointer = instanceLocation.slice(1)
  const keyword = keywordLocation.slice(keywordLocation.lastIndexOf('/') + 1)
  if (error === 'False boolean schema.') {
    const name = pointer.slice(pointer.lastIndexOf('/') + 1)
    const message = `"${name}" is not known here: correct its spelling or remove it`
    return [{ pointer, message, isName: true }]
  }
  if (WRAPPERS.has(keyword) || keywordLocation.includes('/anyOf/')) return []
  return [{ pointer, message: messageFor(keyword, error), isName: false }]
}

function messageFor(keyword: string, error: string): string {
  if (keyword === 'required') return `"${nameIn(error)}" is missing: add it`
  if (keyword === 'anyOf') {
    return 'the engine knows no such condition or operand: see "Conditions" in docs/forms.md'
  }
  if (keyword === 'not') return 'only "choice" and "multi" have options: correct the type'
  const reason = error.replace('Instance', 'this value').replace(/\.$/, '')
  return `${reason}: correct it as form.schema.json asks`
}

/** What the meta-schema refuses in a value, with JSON pointers. */
export function schemaRefusals(value: unknown, schema: object): readonly Refusal[] {
  return new Validator(schema as Schema, '2020-12', false).validate(value).errors.flatMap(refusalOf)
}

export function schemaFindings(source: JsonSource, schema: object): readonly Finding[] {
  return schemaRefusals(source.value, schema).map(({ pointer, message, isName }) => {
    const place: Place = isName ? source.placeOfName(pointer) : source.placeOf(pointer)
    const where = `#${pointer}: ${message}`
    return {
      ...{ code: 'form.schema', severity: 'error', file: DEFINITION_FILE, where, message },
      ...place,
    }
  })
}
