// A stored value as a person reads it: check page, receipt and inbox.
import type { AddressAnswer, AnswerValue, ProofAnswer } from './answers.ts'
import type { Field, Locale, LText } from './definition.ts'
import { readIban, showIban } from './named-formats.ts'
import { localText } from './text.ts'
import { isIsoMonth, showDate } from './typed-date.ts'
import { showMoney } from './typed-number.ts'

/** Words that belong to a field type, not to a form. */
export const VALUE_TEXTS = {
  ja: { de: 'Ja', en: 'Yes' },
  nein: { de: 'Nein', en: 'No' },
  jetzt: {
    de: 'lade ich jetzt hoch',
    'de-simple': 'Ich lade das Dokument jetzt hoch',
    en: 'uploading it now',
  },
  spaeter: {
    de: 'reiche ich nach',
    'de-simple': 'Ich schicke das Dokument später',
    en: 'sending it later',
  },
  spaeterBis: {
    de: 'reiche ich nach bis {bis}',
    'de-simple': 'Ich schicke das Dokument später: bis {bis}',
    en: 'sending it later, by {bis}',
  },
  nicht_moeglich: {
    de: 'kann ich nicht vorlegen',
    'de-simple': 'Ich kann das Dokument nicht schicken',
    en: 'cannot provide it',
  },
} as const satisfies Record<string, LText>

/** Name of a document for a reader; browser and office look it up in their lists. */
export type DocumentName = (documentId: string) => string | undefined

function wordFor(key: string, locale: Locale): string {
  const words: Readonly<Record<string, LText>> = VALUE_TEXTS
  const text = words[key]
  return text === undefined ? key : localText(text, locale)
}

function optionLabel(field: Field, value: string, locale: Locale): string {
  const options = 'options' in field ? field.options : []
  const option = options.find((entry) => entry.value === value)
  return option === undefined ? value : localText(option.label, locale)
}

function showAddress(value: AddressAnswer): string {
  const street = [value.strasse, value.hausnr].filter(Boolean).join(' ')
  const city = [value.plz, value.ort].filter(Boolean).join(' ')
  const land = value.land === 'Deutschland' ? undefined : value.land
  return [street, city, land].filter(Boolean).join(', ')
}

function showFiles(ids: readonly string[], name: DocumentName): string {
  return ids.map((id) => name(id) ?? id).join(', ')
}

function showProof(value: ProofAnswer, locale: Locale, name: DocumentName): string {
  if (value.wie === 'jetzt') return showFiles(value.dateien ?? [], name)
  if (value.wie === 'spaeter' && value.bis !== undefined) {
    return wordFor('spaeterBis', locale).replace('{bis}', showDate(value.bis, locale))
  }
  const way = wordFor(value.wie ?? '', locale)
  return value.grund === undefined ? way : `${way}: ${value.grund}`
}

function showText(field: Field, value: string, locale: Locale): string {
  if (field.type === 'date') return showDate(value, locale)
  if (field.type === 'month' && isIsoMonth(value)) return value.split('-').reverse().join('.')
  if (field.type === 'yesno') return wordFor(value, locale)
  if (field.type === 'choice') return optionLabel(field, value, locale)
  return field.type === 'iban' && readIban(value) ? showIban(value) : value
}

/** The value in words; empty text for no value. Never throws, whatever was stored. */
export function formatValue(
  field: Field,
  value: AnswerValue | undefined,
  locale: Locale,
  documentName: DocumentName = () => undefined,
): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return showText(field, value, locale)
  if (typeof value === 'number') {
    return field.type === 'money' ? showMoney(value, locale) : String(value)
  }
  if (typeof value === 'boolean') return wordFor(value ? 'ja' : 'nein', locale)
  if (field.type === 'address') return showAddress(value as AddressAnswer)
  if (field.type === 'proof') return showProof(value as ProofAnswer, locale, documentName)
  const list: readonly unknown[] = Array.isArray(value) ? value : []
  const texts = list.filter((entry) => typeof entry === 'string')
  if (field.type === 'file') return showFiles(texts, documentName)
  return texts.map((entry) => optionLabel(field, entry, locale)).join(', ')
}
