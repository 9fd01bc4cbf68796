// What people type, paste or dictate between the characters that count.

// All blanks (\s, \p{Z}), invisible formatting marks such as the soft hyphen or zero-width blanks
// that come along with a copy from a PDF (\p{Cf}), hyphens and dashes of all kinds (\p{Pd}, minus sign), dots.
const SEPARATORS = /[\s\p{Z}\p{Cf}\p{Pd}\u2212.\u00b7]/gu

/**
 * The input without blanks, hyphens and dots. Full-width digits and letters of East Asian keyboards
 * become plain ones (NFKC); every other character is kept, so that a parser can refuse it.
 */
export function withoutSeparators(input: string): string {
  return input.normalize('NFKC').replace(SEPARATORS, '')
}

/** The pieces between blanks, hyphens, dots and commas, in lower case: for words instead of digits. */
export function wordsOf(input: string): string[] {
  const spaced = input.normalize('NFKC').replace(SEPARATORS, ' ').replaceAll(',', ' ')
  return spaced.toLowerCase().split(' ')
}
