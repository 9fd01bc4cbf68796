// The bytes that a published form is known by.
import type { FormDefinition } from './definition.ts'

/** JSON with sorted keys and no blanks; equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join()}}`
}

/** UTF-8; TextEncoder is not part of the language that this package may use. */
function utf8(text: string): Uint8Array {
  const escaped = encodeURIComponent(text)
  const bytes: number[] = []
  for (let at = 0; at < escaped.length; at += 1) {
    const coded = escaped[at] === '%'
    bytes.push(coded ? Number.parseInt(escaped.slice(at + 1, at + 3), 16) : escaped.charCodeAt(at))
    if (coded) at += 2
  }
  return Uint8Array.from(bytes)
}

/** A definition is immutable per (id, version, SHA-256 of these bytes); the caller hashes (vault). */
export function formIdentity(def: FormDefinition): Uint8Array {
  return utf8(canonicalJson(def))
}
