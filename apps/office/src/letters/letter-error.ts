// The refusals of letter making: a stable code of the catalogue and a place in the letters folder, never a word of the customer's data.

export const LETTER_CODES = [
  'letter.glyph',
  'letter.addressTooLong',
  'letter.template',
  'letter.font',
  'letter.timeout',
  'letter.failed',
  'letter.mismatch',
  'letter.unchecked',
] as const

/**
 * `letter.glyph`: a character that the fonts cannot print. `letter.addressTooLong`: more than six lines or a
 * line wider than the window. `letter.template`: template or text file wrong. `letter.font`: a font is missing or unknown. `letter.timeout`,
 * `letter.failed`: the child was too slow or died. `letter.mismatch`: the letter check read something else on the paper than was
 * ordered. `letter.unchecked`: the check itself was too slow or died.
 */
export type LetterCode = (typeof LETTER_CODES)[number]

/** The fault lies in the letters folder: every further letter would meet it too. */
export const isFolderFault = (code: LetterCode): boolean =>
  code === 'letter.template' || code === 'letter.font'

/** Code and place may be logged and stored; the detail may quote what was printed. */
export class LetterError extends Error {
  readonly code: LetterCode
  /** File of the letters folder with line and column, as an editor takes it: `templates/letter.typ:12:5`. */
  readonly place: string | undefined
  /** What Typst or JSON say. Leaves the child for specimens only, which show nobody's data. */
  readonly detail: string | undefined
  constructor(code: LetterCode, place?: string, detail?: string) {
    super(code)
    this.name = 'LetterError'
    this.code = code
    this.place = place
    this.detail = detail
  }
}

/** The place as a member of a problem document. */
export const placeOf = ({ place }: LetterError): { readonly place?: string } =>
  place === undefined ? {} : { place }

export function isLetterCode(value: unknown): value is LetterCode {
  return LETTER_CODES.some((code) => code === value)
}
