// What `form check` finds: a code, the place, and what to do about it.
import type { FormProblemCode } from '@einmal-pin/domain/form/form-problem'
import type { Place } from './json-source.ts'

export type FindingCode =
  | FormProblemCode
  | 'form.json'
  | 'form.schema'
  | 'form.structure'
  | 'form.condition.never'
  | 'form.text.unused'
  | 'form.simple.sentence'
  | 'form.simple.word'
  | 'form.simple.passive'

export interface Finding extends Place {
  readonly code: FindingCode
  /** A form with errors is refused; warnings are advice about Leichte Sprache. */
  readonly severity: 'error' | 'warning'
  /** Name of the file in the form's folder. */
  readonly file: string
  /** Path, key or text key that the finding is about. */
  readonly where: string
  /** English, one sentence, says how to mend it. */
  readonly message: string
}

export const DEFINITION_FILE = 'definition.json'
export const textFile = (locale: string): string => `texts.${locale}.json`

/** By file (the definition first), then by place. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>()
  const rank = ({ file }: Finding) => (file === DEFINITION_FILE ? '' : file)
  return findings
    .filter((finding) => {
      const key = JSON.stringify([finding.file, finding.line, finding.column, finding.message])
      return !seen.has(key) && seen.add(key)
    })
    .toSorted(
      (a, b) =>
        (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0) ||
        a.line - b.line ||
        a.column - b.column,
    )
}
