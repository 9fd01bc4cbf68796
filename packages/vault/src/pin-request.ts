// The order for a new PIN, sealed to the office: the portal can neither read nor match it (vault.md 9.1).
import type { Kvnr } from '@einmal-pin/domain/kvnr'
import type { SecondFactor } from '@einmal-pin/domain/second-factor'
import { encryptFor } from './age.ts'
import { type Bytes, utf8 } from './bytes.ts'

/** Never with a PIN or selector: these stand in the lost letter. */
export type PinRequest = { readonly kvnr: Kvnr; readonly secondFactor: SecondFactor }

/** Every request has this size before sealing, so that its length tells nothing. */
export const PIN_REQUEST_BYTES = 4096

/** And this one sealed for a hybrid recipient; the portal takes no other. */
export const PIN_REQUEST_SEALED_BYTES = 5755

/** JSON `{"ep":1,"kvnr":...,"secondFactor":{...}}` padded with blanks, as an age file for the request key. */
export const sealPinRequest = (recipient: string, request: PinRequest): Promise<Bytes> => {
  const { kvnr, secondFactor } = request
  const text = JSON.stringify({ ep: 1, kvnr, secondFactor })
  return encryptFor(recipient, utf8(text.padEnd(PIN_REQUEST_BYTES, ' ')))
}
