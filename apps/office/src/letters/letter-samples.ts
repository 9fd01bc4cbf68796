// Invented letters for the tests.
import { type CalendarDate, parseCalendarDate } from '@einmal-pin/domain/calendar-date'
import { type Pin, parsePin } from '@einmal-pin/domain/pin'
import type { TenantSettings } from '@einmal-pin/domain/tenant'
import {
  LETTER_KINDS,
  LETTER_VARIANTS,
  type LetterInput,
  type LetterKind,
  type LetterPerson,
  type LetterVariant,
} from './letter-input.ts'

export const SAMPLE_TENANT: TenantSettings = {
  name: 'Musterkasse',
  legalName: 'Musterkasse – Die erfundene Krankenkasse',
  insurerIk: '104491707',
  validityDays: 31,
  reminderDay: 18,
  cardDigits: 6,
  phone: '0800 0000 115',
  phoneHours: 'Montag bis Freitag, 8 bis 18 Uhr',
  address: {
    name: 'Musterkasse',
    street: 'Beispielstraße 1',
    postcode: '01067',
    city: 'Dresden',
  },
  returnLine: 'Musterkasse · Beispielstraße 1 · 01067 Dresden',
  email: 'service@musterkasse.example',
  otherMattersUrl: 'https://www.musterkasse.example',
}

export const SAMPLE_PERSON: LetterPerson = {
  salutation: 'Frau',
  firstName: 'Erika',
  lastName: 'Beispiel',
  street: 'Lindenweg',
  houseNumber: '12 a',
  postcode: '01099',
  city: 'Dresden',
  country: 'DE',
}

export function sampleDay(text: string): CalendarDate {
  const parsed = parseCalendarDate(text)
  if (!parsed.ok) throw new TypeError('no day')
  return parsed.value
}

/** 4711 0815 4711 0815, the PIN of the documents. */
export function samplePin(): Pin {
  const parsed = parsePin('4711081547110815')
  if (!parsed.ok) throw new TypeError('no PIN')
  return parsed.value
}

export function sampleLetter(changes: Partial<LetterInput> = {}): LetterInput {
  return {
    kind: 'pin',
    variant: 'standard',
    letterId: 'c4k7m2q9x0ab-1',
    caseRef: 'FV-2026-004711',
    letterDate: sampleDay('2026-11-23'),
    lastDay: sampleDay('2026-12-24'),
    reissue: 'none',
    secondFactor: 'egk',
    person: SAMPLE_PERSON,
    form: {
      id: 'muster',
      title: { de: 'Musterfragebogen' },
      purpose: { de: 'Uns fehlen noch Angaben, um Ihre Versicherung weiterzuführen.' },
      legalBasis: { de: '§ 206 SGB V.' },
    },
    items: [
      { label: 'Studienbescheinigung', channel: 'online' },
      { label: 'Lichtbild', channel: 'paper' },
    ],
    portalUrl: 'https://pin.musterkasse.example',
    tenant: SAMPLE_TENANT,
    ...changes,
  }
}

/** Every kind of letter in every variant. */
export const LETTER_LOOKS = LETTER_KINDS.flatMap((kind) =>
  LETTER_VARIANTS.map((variant) => ({ kind, variant })),
)

export function sampleLook(kind: LetterKind, variant: LetterVariant): LetterInput {
  const letterId = kind === 'reminder' ? 'c4k7m2q9x0ab-1-r' : 'c4k7m2q9x0ab-1'
  return sampleLetter({ kind, variant, letterId, pinLetterDate: sampleDay('2026-11-05') })
}
