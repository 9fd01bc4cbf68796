// What a letter is made of: everything but the PIN, so that the archive copy can be made from the same.
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import type { FormDefinition } from '@einmal-pin/domain/form/definition'
import type { TenantSettings } from '@einmal-pin/domain/tenant'

export const LETTER_VARIANTS = ['standard', 'gross', 'leicht'] as const
/** `standard` 10 pt, `gross` large print 16 pt, `leicht` Leichte Sprache 14 pt. */
export type LetterVariant = (typeof LETTER_VARIANTS)[number]

/** The person whom the case is about, and where the letter goes. */
export interface LetterPerson {
  /** `Frau`, `Herr` or anything else, which is greeted with the full name. */
  readonly salutation?: string
  readonly firstName: string
  readonly lastName: string
  readonly careOf?: string
  readonly street: string
  readonly houseNumber?: string
  readonly postcode: string
  readonly city: string
  /** ISO 3166 alpha-2. */
  readonly country: string
  /** Who gets the letter instead, and the name of that person or office. */
  readonly recipientRole?: 'eltern' | 'betreuung' | 'vollmacht'
  readonly recipientName?: string
}

/** One thing asked for; `paper`: may not be sent online. */
export interface LetterItem {
  readonly label: string
  readonly channel: 'online' | 'paper'
}

/** Why there is a letter of a later round, which decides what becomes of the older PIN (domain.md 4.3). */
export type Reissue = 'none' | 'lost' | 'online' | 'stolen'

export const LETTER_KINDS = ['pin', 'reminder', 'followUp'] as const
/**
 * `pin`: a letter with a PIN, the first one or a new one. `reminder`: names the letter that carries the PIN, and never
 * prints a PIN again (domain.md 4.6). `followUp`: a letter with a PIN that asks again for what was missing.
 */
export type LetterKind = (typeof LETTER_KINDS)[number]

export interface LetterInput {
  readonly kind: LetterKind
  readonly variant: LetterVariant
  /** `<caseId>-<round>`, of a reminder `<caseId>-<round>-r`: names the letter on each sheet, nothing about the person. */
  readonly letterId: string
  /** Aktenzeichen. */
  readonly caseRef: string
  /** Of this letter. */
  readonly letterDate: CalendarDate
  /** Of the letter that carried the PIN, for a reminder. */
  readonly pinLetterDate?: CalendarDate
  /** Last day of the PIN, counted in full. */
  readonly lastDay: CalendarDate
  readonly reissue: Reissue
  /** Which second factor the login asks for; the letter never shows its value. */
  readonly secondFactor: 'egk' | 'birthdate'
  readonly person: LetterPerson
  /** Of the form definition; texts/*.json may have better words for a letter. */
  readonly form: Pick<FormDefinition, 'id' | 'title' | 'purpose' | 'legalBasis'>
  /** At least one; a long list goes on on the next page. */
  readonly items: readonly LetterItem[]
  /** `EP_PUBLIC_URL`, without a trailing slash: printed in full and put into the QR code. */
  readonly portalUrl: string
  readonly tenant: TenantSettings
}
