// Shows a form without a case, at the office (`einmal-pin form preview`): it comes from the address of the page itself.
import { addDays, type CalendarDate } from '@einmal-pin/domain/calendar-date'
import type { Answers } from '@einmal-pin/domain/form/answers'
import type { FormDefinition } from '@einmal-pin/domain/form/definition'
import { applyPrefill } from '@einmal-pin/domain/form/prefill'
import { PIN_VALIDITY_DAYS } from '@einmal-pin/domain/validity'
import { caseState } from './state.svelte.ts'

/** A mistake in the form's files, as `form check` says it. */
export interface PreviewFinding {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly code: string
  readonly message: string
}

export interface PreviewedForm {
  /** Missing while there are mistakes. */
  readonly form?: FormDefinition
  readonly prefill: Answers
  readonly findings: readonly PreviewFinding[]
}

/** Undefined when nobody serves a preview here, as on the portal. */
export async function fetchPreview(): Promise<PreviewedForm | undefined> {
  try {
    const response = await fetch('/api/preview/form', { cache: 'no-store' })
    return response.ok ? ((await response.json()) as PreviewedForm) : undefined
  } catch {
    return undefined
  }
}

export function showPreview(form: FormDefinition, prefill: Answers): void {
  const letterDate: CalendarDate = caseState.today
  const lastDay = addDays(letterDate, PIN_VALIDITY_DAYS)
  const letter = { caseRef: form.id, letterDate, lastDay }
  caseState.preview = true
  caseState.contents = { form, formSha256: '', prefill, letter }
  caseState.answers = applyPrefill(form, prefill)
  caseState.phase = 'open'
}
