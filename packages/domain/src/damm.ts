// The Damm check digit: finds every single wrong digit and every swap of two neighbours.

// Quasigroup of order 10 with zero diagonal. Row: interim digit so far; column: next digit.
// Source: H. M. Damm, Total anti-symmetrische Quasigruppen (2004).
const QUASIGROUP = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
] as const

/**
 * The digit to append to `digits` (decimal digits only, any length).
 * Over digits that already end in their check digit the result is `'0'`.
 */
export function dammCheckDigit(digits: string): string {
  let interim = '0'
  for (const digit of digits) interim = QUASIGROUP[Number(interim)]?.[Number(digit)] ?? '?'
  return interim
}
