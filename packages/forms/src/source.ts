// A form as its author writes it: structure without texts, shared parts and terms not yet put in.

/** A part of definition.json that is not looked into here; the meta-schema has checked it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json | undefined
}

export interface FormSource extends JsonObject {
  readonly schema: string
  readonly id: string
  readonly version: string
  readonly schriftform: false
  readonly pages: readonly JsonObject[]
  readonly checks?: readonly JsonObject[]
  readonly parameters?: readonly JsonObject[]
  /** Lists of blocks used several times: `{ "kind": "use", "set": "person" }`. */
  readonly sets?: { readonly [name: string]: readonly JsonObject[] }
  /** Conditions or operands used several times: `{ "term": "name" }`. */
  readonly terms?: JsonObject
}

/** Texts by key, one file per language. */
export interface Texts {
  readonly [key: string]: string
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((part: Json) => isObject(part)) : []
}
