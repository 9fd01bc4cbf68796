// The peppered second factors of a case: what the portal compares at the login, never the digits themselves.
import type { Kvnr } from '@einmal-pin/domain/kvnr'
import { toBase64url } from '@einmal-pin/vault/base64url'
import { birthDigest, cardDigest } from '@einmal-pin/vault/digests'
import { pepperSecondFactor } from '@einmal-pin/vault/pepper'
import type { CaseRow } from './case-rows.ts'

type FactorSource = Pick<
  CaseRow,
  'kvnr' | 'second_factor' | 'birth_date' | 'card_suffix' | 'previous_card_suffix'
>

/** Current and previous card are both accepted; the birth date only where the letter asks for it. */
export async function secondFactorsOf(row: FactorSource, pepper: Uint8Array): Promise<string[]> {
  const kvnr = row.kvnr as Kvnr
  const cards = [row.card_suffix, row.previous_card_suffix].filter((card) => card !== null)
  const digests =
    row.second_factor === 'birthdate'
      ? [birthDigest(kvnr, row.birth_date)]
      : [...new Set(cards)].map((card) => cardDigest(kvnr, card))
  const peppered = await Promise.all(
    digests.map(async (digest) => pepperSecondFactor(pepper, await digest)),
  )
  return peppered.map(toBase64url)
}
