// Comparison of secrets whose duration does not tell where they differ.
import { utf8 } from './bytes.ts'

/** True when both are equal. Only the lengths, never the contents, influence the duration. */
export const equalBytes = (left: Uint8Array, right: Uint8Array): boolean => {
  if (left.length !== right.length) return false
  let difference = 0
  for (let index = 0; index < left.length; index++) {
    difference |= (left[index] ?? 0) ^ (right[index] ?? 0)
  }
  return difference === 0
}

/** {@link equalBytes} for texts such as b64u digests and tokens. */
export const equalText = (left: string, right: string): boolean =>
  equalBytes(utf8(left), utf8(right))
