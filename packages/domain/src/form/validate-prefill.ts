// Checks what an import wants to prefill: only marked fields, only right values, named by path.
import type { CalendarDate } from '../calendar-date.ts'
import type { Field, FormDefinition, Repeat } from './definition.ts'
import { entriesOf, isPrefillable } from './prefill.ts'
import { openScope, type Scope } from './scope.ts'
import { shaped } from './shape.ts'
import { slipsOf } from './validate-value.ts'

export type PrefillCode =
  | 'prefill.format'
  | 'prefill.unknown'
  | 'prefill.notPrefillable'
  | 'prefill.value'
  | 'prefill.tooMany'

export interface PrefillProblem {
  readonly path: string
  readonly code: PrefillCode
}

type Entries = readonly (Field | Repeat)[]

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function problemsOf(
  entries: Entries,
  given: unknown,
  prefix: string,
  scope: Scope,
): readonly PrefillProblem[] {
  if (!isRecord(given)) return [{ path: prefix.slice(0, -1), code: 'prefill.format' }]
  return Object.entries(given).flatMap(([key, value]) => {
    const path = prefix + key
    const entry = entries.find((candidate) => candidate.key === key)
    if (entry === undefined) return [{ path, code: 'prefill.unknown' as const }]
    if (!isPrefillable(entry)) return [{ path, code: 'prefill.notPrefillable' as const }]
    return entry.kind === 'repeat'
      ? itemProblems(entry, value, path, scope)
      : valueProblems(entry, value, path, scope)
  })
}

function valueProblems(
  field: Field,
  value: unknown,
  path: string,
  scope: Scope,
): readonly PrefillProblem[] {
  const stored = shaped(field, value)
  const right =
    stored !== undefined &&
    JSON.stringify(stored) === JSON.stringify(value) &&
    slipsOf(field, stored, scope).length === 0
  return right ? [] : [{ path, code: 'prefill.value' }]
}

function itemProblems(
  repeat: Repeat,
  value: unknown,
  path: string,
  scope: Scope,
): readonly PrefillProblem[] {
  if (!Array.isArray(value)) return [{ path, code: 'prefill.format' }]
  if (value.length > repeat.max) return [{ path, code: 'prefill.tooMany' }]
  return value.flatMap((item, index) =>
    problemsOf(entriesOf(repeat.blocks), item, `${path}/${index + 1}/`, scope),
  )
}

/**
 * Problems of a prefill as it comes from CSV or REST; empty if it may be used. Values must stand in
 * their stored form (date `YYYY-MM-DD`, money in cents). Items are numbered from 1 in the paths.
 */
export function validatePrefill(
  def: FormDefinition,
  prefill: unknown,
  today: CalendarDate,
): readonly PrefillProblem[] {
  const entries = entriesOf(def.pages.flatMap((page) => page.blocks))
  return problemsOf(entries, prefill, '', openScope(def, {}, { today }))
}
