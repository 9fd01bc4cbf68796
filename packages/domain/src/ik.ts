// The Institutionskennzeichen of an insurer: nine digits, the last one a check digit.
import type { Brand } from './brand.ts'
import { crossSumOfProducts } from './cross-sum.ts'
import { err, ok, type Result } from './result.ts'

export type Ik = Brand<string, 'Ik'>
export type IkError = 'ik.length' | 'ik.format' | 'ik.checkDigit'

const WEIGHTS = [2, 1, 2, 1, 2, 1] as const

/** Exact: it stands in the tenant's settings and in exports, citizens never type it. */
export function parseIk(input: string): Result<Ik, IkError> {
  if (input.length !== 9) return err('ik.length')
  if (!/^[0-9]{9}$/.test(input)) return err('ik.format')
  return input.endsWith(ikCheckDigit(input)) ? ok(input as Ik) : err('ik.checkDigit')
}

/** The check digit over the third to eighth digit; the first two (the class) do not count. */
export function ikCheckDigit(ik: string): string {
  return String(crossSumOfProducts(ik.slice(2, 8), WEIGHTS) % 10)
}
