// A synthetic person with a letter, as tests need them: number, card, PIN, and what the browser makes of them.
import { type Kvnr, parseKvnr } from '@einmal-pin/domain/kvnr'
import { type Pin, secretDigitsOf, selectorOf } from '@einmal-pin/domain/pin'
import { toBase64url } from '@einmal-pin/vault/base64url'
import { sha256 } from '@einmal-pin/vault/digest'
import { birthDigest, cardDigest, identityDigest } from '@einmal-pin/vault/digests'
import { newPin, randomBytes } from '@einmal-pin/vault/random'
import { stretchInput } from '@einmal-pin/vault/stretch'

export type Person = {
  readonly kvnr: Kvnr
  /** Last six digits of the current card. */
  readonly card: string
  readonly previousCard: string
  /** YYYYMMDD */
  readonly birthDate: string
}

const digits = (count: number): string =>
  Array.from(randomBytes(count), (byte) => String(byte % 10)).join('')

export function makePerson(): Person {
  const stem = `${String.fromCharCode(65 + ((randomBytes(1)[0] ?? 0) % 26))}${digits(8)}`
  const found = Array.from({ length: 10 }, (_, check) => parseKvnr(`${stem}${check}`)).find(
    (parsed) => parsed.ok,
  )
  if (!found?.ok) return makePerson()
  return { kvnr: found.value, card: digits(6), previousCard: digits(6), birthDate: '19800229' }
}

export const makePin = (taken: Iterable<string> = []): Pin => newPin(taken)

/** What the browser sends and uses at login; `password` never leaves it. */
export type Credentials = {
  readonly identity: string
  readonly password: string
  readonly secondFactor: string
}

/** Turns secret digits into the password for OPAQUE. Real letters need vault stretch.ts; this one costs nothing. */
export type Stretch = (kvnr: Kvnr, pin: Pin) => Promise<string>

const cheapStretch: Stretch = async (kvnr, pin) =>
  toBase64url(await sha256(stretchInput(kvnr, secretDigitsOf(pin))))

export async function credentialsOf(
  person: Person,
  pin: Pin,
  secondFactor: 'card' | 'previousCard' | 'birthDate' = 'card',
  stretch: Stretch = cheapStretch,
): Promise<Credentials> {
  const { kvnr } = person
  const factor =
    secondFactor === 'birthDate'
      ? await birthDigest(kvnr, person.birthDate)
      : await cardDigest(kvnr, person[secondFactor])
  return {
    identity: toBase64url(await identityDigest(kvnr, selectorOf(pin))),
    password: await stretch(kvnr, pin),
    secondFactor: toBase64url(factor),
  }
}
