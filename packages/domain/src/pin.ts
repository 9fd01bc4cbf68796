// The one-time PIN as the information page explains it: every function answers one question of the FAQ.
import type { Brand } from './brand.ts'
import { dammCheckDigit } from './damm.ts'
import { err, ok, type Result } from './result.ts'
import { digitsFromSpeech, type SpokenLanguage, spokenDigits } from './spoken-digits.ts'
import { withoutSeparators } from './typed-input.ts'

/** 16 decimal digits: 2 selector digits, 13 secret digits, 1 Damm check digit over the first 15. */
export type Pin = Brand<string, 'Pin'>
export type PinError = 'pin.length' | 'pin.format' | 'pin.checkDigit'

export const PIN_LENGTH = 16
export const SELECTOR_LENGTH = 2
/** 13 digits are 43 bits. They carry the secret together with OPAQUE, Argon2id and the throttle. */
export const SECRET_LENGTH = 13

/**
 * »Muss ich die Leerzeichen mit eingeben?«
 * Nein. Leerzeichen, Striche und Punkte spielen keine Rolle, auch diktierte Ziffern werden erkannt.
 */
export function parsePin(input: string): Result<Pin, PinError> {
  const typed = withoutSeparators(input)
  const digits = /\p{L}/u.test(typed) ? digitsFromSpeech(input) : typed
  if (!/^[0-9]*$/.test(digits)) return err('pin.format')
  if (digits.length !== PIN_LENGTH) return err('pin.length')
  return hasTypingSlip(digits) ? err('pin.checkDigit') : ok(digits as Pin)
}

/**
 * »Was passiert, wenn ich mich vertippe?«
 * Die letzte Ziffer ist eine Prüfziffer. Ihr Gerät bemerkt den Fehler sofort, es kostet keinen Versuch.
 */
export function hasTypingSlip(digits: string): boolean {
  return dammCheckDigit(digits) !== '0'
}

/**
 * »Wie sieht die Einmal-PIN aus?«
 * Sie hat 16 Ziffern in vier Vierergruppen und keine Buchstaben.
 */
export function formatPin(pin: Pin): string {
  return pin.replace(/(?!^)(?=(?:.{4})+$)/g, ' ')
}

/**
 * »Ich habe mehrere Briefe bekommen. Welche PIN gehört zu welchem Brief?«
 * Die ersten beiden Ziffern unterscheiden Ihre Briefe; jede PIN öffnet nur den Vorgang aus ihrem Brief.
 */
export function selectorOf(pin: Pin): string {
  return pin.slice(0, SELECTOR_LENGTH)
}

/**
 * »Wer kennt meine PIN?«
 * Nur Sie. Dreizehn Ziffern sind geheim; sie verlassen Ihr Gerät nicht.
 */
export function secretDigitsOf(pin: Pin): string {
  return pin.slice(SELECTOR_LENGTH, SELECTOR_LENGTH + SECRET_LENGTH)
}

/**
 * »Wer denkt sich die PIN aus?«
 * Niemand. Eine Maschine würfelt die geheimen Ziffern und rechnet die Prüfziffer dazu.
 *
 * The two parts come from the caller (2 and 13 decimal digits, the latter from vault's generator);
 * anything else is a bug and throws a RangeError that does not repeat the digits.
 */
export function pinFromParts(selector: string, secretDigits: string): Pin {
  if (!/^[0-9]{2}$/.test(selector)) throw new RangeError('a selector has 2 decimal digits')
  if (!/^[0-9]{13}$/.test(secretDigits)) throw new RangeError('a PIN has 13 secret decimal digits')
  const digits = selector + secretDigits
  return (digits + dammCheckDigit(digits)) as Pin
}

/**
 * »Kann ich mir die PIN vorlesen lassen?«
 * Ja. Sie wird Ziffer für Ziffer gesprochen, mit einer Pause nach jeder Vierergruppe.
 */
export function spokenPin(pin: Pin, language: SpokenLanguage = 'de'): string {
  return spokenDigits(pin, language)
}
