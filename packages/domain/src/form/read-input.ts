// From what is typed to what is stored, per field type; and back into the field.
import type { AnswerValue } from './answers.ts'
import type { Field, FieldType, Locale } from './definition.ts'
import {
  readEmail,
  readIban,
  readKvnr,
  readPhone,
  readPlz,
  readSteuerId,
  showIban,
} from './named-formats.ts'
import { isIsoDate, isIsoMonth, readDate, readMonth, readTime } from './typed-date.ts'
import { readInt, readMoney, showAmount } from './typed-number.ts'

type Reader = (raw: string, today: string, past: boolean) => AnswerValue | undefined

const READERS: Partial<Record<FieldType, Reader>> = {
  date: readDate,
  month: readMonth,
  time: readTime,
  money: readMoney,
  int: readInt,
  iban: readIban,
  kvnr: readKvnr,
  steuer_id: readSteuerId,
  plz: readPlz,
  phone: readPhone,
  email: readEmail,
}

/** A field that only takes days up to today means the past when a year has two digits. */
function meansPast(field: Field): boolean {
  if (field.type !== 'date') return false
  const limit = field.notAfter
  return typeof limit === 'object' && 'today' in limit
}

/**
 * The stored value of a typed text: canonical if it can be read, else the text itself (nothing typed
 * is lost; validation names it), undefined if empty. Only for types that are typed.
 */
export function readInput(field: Field, raw: string, today: string): AnswerValue | undefined {
  const text = field.type === 'textarea' ? raw.trimEnd() : raw.trim()
  if (text === '') return undefined
  const read = READERS[field.type]
  return read?.(text, today, meansPast(field)) ?? text
}

/** The text to put into the input for a stored value; the inverse of readInput. */
export function showInput(field: Field, value: AnswerValue | undefined, locale: Locale): string {
  if (typeof value === 'number') {
    return field.type === 'money' ? showAmount(value, locale) : String(value)
  }
  if (typeof value !== 'string') return ''
  if (field.type === 'date' && isIsoDate(value)) return value.split('-').reverse().join('.')
  if (field.type === 'month' && isIsoMonth(value)) return value.split('-').reverse().join('.')
  return field.type === 'iban' && readIban(value) ? showIban(value) : value
}
