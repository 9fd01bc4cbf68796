// What can be wrong with a form, by stable codes.

export type FormProblemCode =
  | 'form.schriftform'
  | 'form.key.format'
  | 'form.key.duplicate'
  | 'form.reference.unknown'
  | 'form.reference.forward'
  | 'form.reference.cycle'
  | 'form.option.unknown'
  | 'form.parameter.unknown'
  | 'form.page.unreachable'
  | 'form.field.unreachable'
  | 'form.repeat.paging'
  | 'form.repeat.copy'
  | 'form.text.missing'
  | 'form.purpose.missing'
  | 'form.legalBasis.missing'

export interface FormProblem {
  readonly code: FormProblemCode
  /** Schema path, page id, check id or text key, and for texts the language. */
  readonly where: string
  /** The part of the form that is wrong: who knows where it was written can point there. */
  readonly at: object
  /** What is wrong inside `at`, as it was written: a path, key, option or parameter; of a text its language. */
  readonly written?: string
}

/** A problem at a place. */
export const problem = (
  code: FormProblemCode,
  where: string,
  at: object,
  written?: string,
): FormProblem => ({ code, where, at, ...(written !== undefined && { written }) })
