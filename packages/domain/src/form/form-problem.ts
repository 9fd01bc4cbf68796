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
  | 'form.text.missing'
  | 'form.purpose.missing'
  | 'form.legalBasis.missing'

export interface FormProblem {
  readonly code: FormProblemCode
  /** Schema path, page id, check id or text key, and for texts the language. */
  readonly where: string
}

/** A problem at a place. */
export const problem = (code: FormProblemCode, where: string): FormProblem => ({ code, where })
