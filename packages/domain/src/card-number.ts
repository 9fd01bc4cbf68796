// The health card's number (Kennnummer der Karte, ICCSN) and its last digits, which the login asks for.
import type { Brand } from './brand.ts'
import { err, ok, type Result } from './result.ts'
import { withoutSeparators } from './typed-input.ts'

/** 20 digits: 80 (health), 276 (Germany), issuer, serial. There is no check digit. Always a string. */
export type CardNumber = Brand<string, 'CardNumber'>
/** The last digits of a card number with their leading zeros, as many as the tenant asks for. */
export type CardSuffix = Brand<string, 'CardSuffix'>
/** How many last digits of the card number a tenant asks for. */
export type CardDigits = 5 | 6

export type CardNumberError = 'cardNumber.length' | 'cardNumber.format'
export type CardSuffixError = 'cardSuffix.length' | 'cardSuffix.format'

/** Reads a whole card number, blanks, hyphens and dots ignored. */
export function parseCardNumber(input: string): Result<CardNumber, CardNumberError> {
  const digits = withoutSeparators(input)
  if (!/^[0-9]*$/.test(digits)) return err('cardNumber.format')
  if (digits.length !== 20) return err('cardNumber.length')
  return digits.startsWith('80276') ? ok(digits as CardNumber) : err('cardNumber.format')
}

/** The last `cardDigits` digits, leading zeros kept. */
export function cardSuffixOf(card: CardNumber, cardDigits: CardDigits): CardSuffix {
  return card.slice(-cardDigits) as CardSuffix
}

/**
 * Reads the last digits, or takes them from a whole card number. Shorter input is never padded:
 * somebody who types five of six digits has misread the card.
 */
export function parseCardSuffix(
  input: string,
  cardDigits: CardDigits,
): Result<CardSuffix, CardSuffixError> {
  const whole = parseCardNumber(input)
  if (whole.ok) return ok(cardSuffixOf(whole.value, cardDigits))
  const digits = withoutSeparators(input)
  if (!/^[0-9]*$/.test(digits)) return err('cardSuffix.format')
  return digits.length === cardDigits ? ok(digits as CardSuffix) : err('cardSuffix.length')
}
