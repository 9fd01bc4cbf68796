// The login's third field: the card's last digits, or the birth date where the letter says so.
import { type BirthDate, parseBirthDate } from './birth-date.ts'
import { type CardDigits, type CardSuffix, parseCardSuffix } from './card-number.ts'
import { err, ok, type Result } from './result.ts'

export type SecondFactor =
  | { readonly kind: 'card'; readonly digits: CardSuffix }
  | { readonly kind: 'birth'; readonly date: BirthDate }

export type SecondFactorError = 'secondFactor.format' | 'secondFactor.date'

/**
 * Tells the two kinds apart by their shape, so that one field serves everybody and does not reveal which
 * of the two a case asks for. Six digits (five by tenant setting) or a whole card number are the card,
 * eight digits or a written date are the birth date. A date needs dots or strokes if it has fewer than
 * eight digits: `1.2.1980` is a date, `121980` is a card.
 */
export function parseSecondFactor(
  input: string,
  cardDigits: CardDigits,
): Result<SecondFactor, SecondFactorError> {
  const birth = parseBirthDate(input)
  if (birth.ok) return ok({ kind: 'birth', date: birth.value })
  if (birth.error === 'birthDate.notReal') return err('secondFactor.date')
  const card = parseCardSuffix(input, cardDigits)
  return card.ok ? ok({ kind: 'card', digits: card.value }) : err('secondFactor.format')
}
