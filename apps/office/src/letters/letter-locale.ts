// The languages a letter can be written in: one file of texts each.
import type { LetterVariant } from './letter-input.ts'

export const LETTER_LOCALES = ['de', 'de-simple'] as const
export type LetterLocale = (typeof LETTER_LOCALES)[number]

/** What a variant is written in unless somebody asks for another language. */
export const LOCALE_OF = {
  standard: 'de',
  gross: 'de',
  leicht: 'de-simple',
} as const satisfies Record<LetterVariant, LetterLocale>
