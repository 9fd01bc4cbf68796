// The platform's random number generator, the only source of chance in the project.
import type { Bytes } from './bytes.ts'

/** `length` random bytes (at most 65,536, else the platform throws QuotaExceededError). */
export const randomBytes = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length))

/** A uniform integer in [0, below), `below` from 1 to 256, by rejection: no modulo bias. */
export const uniformBelow = (below: number): number => {
  const limit = 256 - (256 % below)
  for (;;) {
    const value = randomBytes(1)[0] ?? 255
    if (value < limit) return value % below
  }
}
