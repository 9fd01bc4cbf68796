// The forms a case can be opened with, each with the digest that pins it, and the check of a prefill.
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import type { Answers } from '@einmal-pin/domain/form/answers'
import type { FormDefinition } from '@einmal-pin/domain/form/definition'
import { formIdentity } from '@einmal-pin/domain/form/identity'
import { type PrefillCode, validatePrefill } from '@einmal-pin/domain/form/validate-prefill'
import { err, ok, type Result } from '@einmal-pin/domain/result'
import { sha256Hex } from '@einmal-pin/vault/digest'

export interface LoadedForm {
  readonly definition: FormDefinition
  /** SHA-256 (hex) of the definition's identity; a case keeps exactly this version. */
  readonly sha256: string
}

export interface FormLibrary {
  readonly find: (formId: string) => LoadedForm | undefined
  readonly all: readonly LoadedForm[]
}

export const loadedForm = async (definition: FormDefinition): Promise<LoadedForm> => ({
  definition,
  sha256: await sha256Hex(formIdentity(definition)),
})

export function makeFormLibrary(all: readonly LoadedForm[]): FormLibrary {
  const byId = new Map(all.map((form) => [form.definition.id, form]))
  return { find: (formId) => byId.get(formId), all }
}

const PREFILL_TEXTS = {
  'prefill.format': 'hat das falsche Format',
  'prefill.unknown': 'gibt es in diesem Formular nicht',
  'prefill.notPrefillable': 'darf nicht vorbelegt werden',
  'prefill.value': 'hat keinen gültigen Wert',
  'prefill.tooMany': 'hat zu viele Einträge',
} as const satisfies Record<PrefillCode, string>

/** The error is one German phrase per problem; it names the path, never the value. */
export function checkPrefill(
  form: LoadedForm,
  prefill: Readonly<Record<string, unknown>>,
  today: CalendarDate,
): Result<Answers, readonly string[]> {
  const problems = validatePrefill(form.definition, prefill, today)
  if (problems.length > 0) return err(problems.map(describe))
  // validatePrefill has just found every value in the shape of an answer.
  return ok(prefill as Answers)
}

const describe = ({ path, code }: { path: string; code: PrefillCode }): string =>
  path === '' ? `Sie ${PREFILL_TEXTS[code]}.` : `„${path.slice(0, 80)}“ ${PREFILL_TEXTS[code]}.`
