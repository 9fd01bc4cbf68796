// The refusals of letter making: a stable code of the catalogue, never a word of the customer's data.

export const LETTER_CODES = [
  'letter.glyph',
  'letter.addressTooLong',
  'letter.template',
  'letter.timeout',
  'letter.failed',
  'letter.mismatch',
  'letter.unchecked',
] as const

/**
 * `letter.glyph`: a character that the fonts cannot print. `letter.addressTooLong`: more than six lines or a
 * line wider than the window. `letter.template`: template or text file wrong. `letter.timeout`,
 * `letter.failed`: the child was too slow or died. `letter.mismatch`: the letter check read something else on the paper than was
 * ordered. `letter.unchecked`: the check itself was too slow or died.
 */
export type LetterCode = (typeof LETTER_CODES)[number]

/** Carries the code and nothing else, so that it may be logged and stored. */
export class LetterError extends Error {
  readonly code: LetterCode
  constructor(code: LetterCode) {
    super(code)
    this.name = 'LetterError'
    this.code = code
  }
}

export function isLetterCode(value: unknown): value is LetterCode {
  return LETTER_CODES.some((code) => code === value)
}
