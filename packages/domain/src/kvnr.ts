// The Krankenversichertennummer's unchangeable part (§290 SGB V): letter, 8 digits, check digit.
import type { Brand } from './brand.ts'
import { crossSumOfProducts } from './cross-sum.ts'
import { err, ok, type Result } from './result.ts'
import { withoutSeparators } from './typed-input.ts'

/** `^[A-Z][0-9]{9}$` with a right check digit. Personal data: never in logs, URLs or error texts. */
export type Kvnr = Brand<string, 'Kvnr'>
export type KvnrError = 'kvnr.length' | 'kvnr.format' | 'kvnr.checkDigit'

const LENGTH = 10
// Printed and stored forms: number + insurer's IK + check character (20), and with the main member's number (30).
const LONGER_FORMS: readonly number[] = [20, 30]
const WEIGHTS = [1, 2, 1, 2, 1, 2, 1, 2, 1, 2] as const

/**
 * Reads a number as people type it: blanks, hyphens and dots ignored, lower case raised, letters that
 * look like 0 and 1 mapped behind the first character. Of the 20 and 30 character forms the first ten count.
 */
export function parseKvnr(input: string): Result<Kvnr, KvnrError> {
  const typed = withoutSeparators(input).toUpperCase()
  const length = [...typed].length
  if (length !== LENGTH && !LONGER_FORMS.includes(length)) return err('kvnr.length')
  const number = mapLookAlikes(typed.slice(0, LENGTH))
  if (!/^[A-Z][0-9]{9}$/.test(number)) return err('kvnr.format')
  return number.endsWith(kvnrCheckDigit(number)) ? ok(number as Kvnr) : err('kvnr.checkDigit')
}

// The first character is a letter anyway and never mapped: O and I are letters of real numbers.
function mapLookAlikes(number: string): string {
  return number.slice(0, 1) + number.slice(1).replaceAll('O', '0').replaceAll(/[IL]/g, '1')
}

/** The check digit over the letter (A = 01 ... Z = 26) and the eight digits that `number` starts with. */
export function kvnrCheckDigit(number: string): string {
  const letter = String(number.charCodeAt(0) - 'A'.charCodeAt(0) + 1).padStart(2, '0')
  return String(crossSumOfProducts(letter + number.slice(1, 9), WEIGHTS) % 10)
}

/** "A 123 456 780", easier to read aloud and to compare with the card. */
export function formatKvnr(kvnr: Kvnr): string {
  return `${kvnr.slice(0, 1)} ${kvnr.slice(1, 4)} ${kvnr.slice(4, 7)} ${kvnr.slice(7)}`
}
