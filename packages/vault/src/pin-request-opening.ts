// The office opens orders for new PINs with its request identity.
import { parseKvnr } from '@einmal-pin/domain/kvnr'
import type { SecondFactor } from '@einmal-pin/domain/second-factor'
import { decryptWith } from './age.ts'
import { fromUtf8 } from './bytes.ts'
import { PIN_REQUEST_BYTES, type PinRequest } from './pin-request.ts'

/** Undefined for everything that is not a well-formed request: anybody may put bytes into the queue. */
export const openPinRequest = async (
  identity: string,
  sealed: Uint8Array,
): Promise<PinRequest | undefined> => {
  try {
    const plaintext = await decryptWith(identity, sealed)
    if (plaintext.length !== PIN_REQUEST_BYTES) return undefined
    return parsePinRequest(JSON.parse(fromUtf8(plaintext)))
  } catch {
    return undefined
  }
}

const parsePinRequest = (value: unknown): PinRequest | undefined => {
  const { ep, kvnr, secondFactor } = value as Record<string, unknown>
  if (ep !== 1 || typeof kvnr !== 'string' || !isSecondFactor(secondFactor)) return undefined
  const parsed = parseKvnr(kvnr)
  return parsed.ok ? { kvnr: parsed.value, secondFactor } : undefined
}

const isSecondFactor = (value: unknown): value is SecondFactor => {
  const { kind, digits, date } = value as Record<string, unknown>
  if (kind === 'card') return typeof digits === 'string' && /^[0-9]{4,20}$/.test(digits)
  return kind === 'birth' && typeof date === 'string' && /^[0-9]{8}$/.test(date)
}
