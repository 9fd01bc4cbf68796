// Synthetic people and cases for tests: valid check digits, nobody's data.
import { kvnrCheckDigit } from '@einmal-pin/domain/kvnr'
import type { CaseInput } from '@einmal-pin/wire/office-api'

let counter = 0

/** A number that no other call of this process and no shipped sample has. */
export function syntheticKvnr(): string {
  counter += 1
  const head = `Q${String((process.pid % 10_000) * 10_000 + counter).padStart(8, '0')}`
  return head + kvnrCheckDigit(head)
}

/** Another card with every call. Test issuer 88311; the last six digits are returned by `slice(-6)`. */
export function syntheticCardNumber(): string {
  counter += 1
  return `8027688311${String(1_000_000_000 + process.pid * 1_000 + counter).slice(-10)}`
}

/** One case with one requested document, as a core system would hand it in. */
export function syntheticCase(change: Partial<CaseInput> = {}): CaseInput {
  const kvnr = syntheticKvnr()
  return {
    caseRef: `T-${process.pid}-${counter}`,
    formId: 'bescheinigung-nachreichen',
    kvnr,
    cardNumber: syntheticCardNumber(),
    salutation: 'Frau',
    firstName: 'Hannelore',
    lastName: 'Beispiel-Wunderlich',
    birthDate: '1947-05-12',
    street: 'Lange Straße',
    houseNumber: '12a',
    postcode: '01067',
    city: 'Dresden',
    country: 'DE',
    letterVariant: 'standard',
    prefill: {
      anforderungen: [{ art: 'rente', bezeichnung: 'Rentenbescheid vom Juli 2026' }],
    },
    ...change,
  }
}
