// What a letter said, word for word, but for its PIN: kept beside the case, so that a copy of it can be set at any time.
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import { type LetterData, letterData } from './letter-data.ts'
import type { LetterInput, LetterKind, LetterVariant } from './letter-input.ts'
import { LOCALE_OF } from './letter-locale.ts'
import { readTexts } from './letter-texts.ts'
import { LETTERS_FOLDER } from './letters-folder.ts'

export interface LetterRecord {
  readonly kind: LetterKind
  readonly variant: LetterVariant
  readonly letterId: string
  readonly letterDate: CalendarDate
  readonly formId: string
  /** With dots for the PIN, which never comes near this. */
  readonly words: LetterData
}

const MASKED_PIN = '•••• •••• •••• ••••'

/** Written down when the letter is made: texts and addresses change later. Throws LetterError. */
export function recordOf(input: LetterInput, folder = LETTERS_FOLDER): LetterRecord {
  const { kind, variant, letterId, letterDate, form } = input
  const pin = kind === 'reminder' ? '' : MASKED_PIN
  const words = letterData(input, readTexts(folder, LOCALE_OF[variant]), pin)
  return { kind, variant, letterId, letterDate, formId: form.id, words }
}
