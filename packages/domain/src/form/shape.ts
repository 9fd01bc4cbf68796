// Does a stored value have the shape of its field type? What has not is dropped like an unknown key.
import type { AddressAnswer, AnswerValue, ProofAnswer } from './answers.ts'
import type { Field } from './definition.ts'

const ADDRESS_PARTS = ['strasse', 'hausnr', 'plz', 'ort', 'land'] as const
const PROOF_WAYS: readonly unknown[] = ['jetzt', 'spaeter', 'nicht_moeglich']

function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const trimmed = value.trim()
  return trimmed === '' ? undefined : trimmed
}

function texts(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined
  const list = [...new Set(value.filter((entry) => text(entry) === entry))]
  return list.length > 0 ? list : undefined
}

function record(value: unknown): Record<string, unknown> | undefined {
  const plain = typeof value === 'object' && value !== null && !Array.isArray(value)
  return plain ? { ...value } : undefined
}

function address(value: unknown): AddressAnswer | undefined {
  const parts = ADDRESS_PARTS.map((part) => [part, text(record(value)?.[part])] as const)
  const filled = parts.filter(([, part]) => part !== undefined)
  return filled.length > 0 ? Object.fromEntries(filled) : undefined
}

/** Files, day and reason are kept only for the way that was chosen. */
function proof(value: unknown): ProofAnswer | undefined {
  const given = record(value)
  const wie = given?.['wie']
  if (!PROOF_WAYS.includes(wie)) return undefined
  const bis = text(given?.['bis'])
  const grund = text(given?.['grund'])
  const dateien = texts(given?.['dateien'])
  if (wie === 'jetzt') return { wie, ...(dateien && { dateien }) }
  if (wie === 'spaeter') return { wie, ...(bis && { bis }) }
  return { wie: 'nicht_moeglich', ...(grund && { grund }) }
}

/** The value as it is kept: trimmed, in the type's shape, or undefined when empty or misshapen. */
export function shaped(field: Field, value: unknown): AnswerValue | undefined {
  switch (field.type) {
    case 'money':
    case 'int':
      return typeof value === 'number' && Number.isSafeInteger(value) ? value : text(value)
    case 'checkbox':
      return value === true ? true : undefined
    case 'multi':
    case 'file':
      return texts(value)
    case 'address':
      return address(value)
    case 'proof':
      return proof(value)
    default:
      return text(value)
  }
}
