// One case as it comes from a CSV row, a clerk's form or a core system: every field checked, every mistake named.
import { type BirthDate, parseBirthDate } from '@einmal-pin/domain/birth-date'
import type { CalendarDate } from '@einmal-pin/domain/calendar-date'
import {
  type CardDigits,
  type CardSuffix,
  cardSuffixOf,
  parseCardNumber,
} from '@einmal-pin/domain/card-number'
import { type Country, GERMANY, parseCountry } from '@einmal-pin/domain/country'
import type { Answers } from '@einmal-pin/domain/form/answers'
import { type Kvnr, parseKvnr } from '@einmal-pin/domain/kvnr'
import { err, ok, type Result } from '@einmal-pin/domain/result'
import { ERRORS, type ErrorCode } from '@einmal-pin/wire/errors'
import type { AddressInput, CaseInput } from '@einmal-pin/wire/office-api'
import { LETTER_VARIANTS, type LetterVariant } from '../letters/letter-input.ts'
import { checkPrefill, type FormLibrary, type LoadedForm } from './form-library.ts'

export const RECIPIENT_ROLES = ['', 'eltern', 'betreuung', 'vollmacht'] as const
const SECOND_FACTORS = ['egk', 'birthdate'] as const
export type RecipientRole = (typeof RECIPIENT_ROLES)[number]
export type SecondFactorKind = (typeof SECOND_FACTORS)[number]

/** A case ready to be opened. Texts that may be missing are empty. */
export interface NewCase {
  readonly caseRef: string
  readonly form: LoadedForm
  readonly kvnr: Kvnr
  readonly cardSuffix: CardSuffix | null
  readonly previousCardSuffix: CardSuffix | null
  readonly secondFactor: SecondFactorKind
  readonly birthDate: BirthDate
  readonly salutation: string
  readonly firstName: string
  readonly lastName: string
  readonly careOf: string
  readonly street: string
  readonly houseNumber: string
  readonly postcode: string
  readonly city: string
  readonly country: Country
  readonly letterVariant: LetterVariant
  readonly recipientName: string
  readonly recipientRole: RecipientRole
  readonly prefill: Answers
}

/** Where a letter goes; the part of a case that a move changes. */
export type Address = Pick<
  NewCase,
  'careOf' | 'street' | 'houseNumber' | 'postcode' | 'city' | 'country'
>

/** Names the field and says what to do; never repeats the value, which may be personal. */
export interface FieldProblem {
  readonly field: string
  readonly code: ErrorCode
  readonly message: string
}

export interface InputRules {
  readonly forms: FormLibrary
  readonly cardDigits: CardDigits
  readonly today: CalendarDate
}

/** Longest entry per field, in characters; the letter's own limits are checked when it is made. */
const LIMITS = { caseRef: 60, salutation: 30, houseNumber: 20, postcode: 12, country: 2 } as const
const DEFAULT_LIMIT = 80

type TextField = Exclude<keyof CaseInput, 'prefill'>
const REQUIRED: readonly TextField[] = [
  'caseRef',
  'formId',
  'kvnr',
  'firstName',
  'lastName',
  'birthDate',
  'street',
  'city',
  'country',
  'letterVariant',
]

export const fieldProblem = (field: string, code: ErrorCode, detail?: string): FieldProblem => ({
  field,
  code,
  message: detail === undefined ? ERRORS[code].de : `${ERRORS[code].de} ${detail}`,
})

/** Checks everything and returns all problems at once, in the order of the columns. */
export function parseCaseInput(
  input: CaseInput,
  rules: InputRules,
): Result<NewCase, readonly FieldProblem[]> {
  const problems: FieldProblem[] = []
  const refuse = (field: string, code: ErrorCode, detail?: string): undefined => {
    problems.push(fieldProblem(field, code, detail))
  }
  const text = (field: TextField) => readText(field, input[field] ?? '', refuse)
  const whole = (field: TextField) => text(field) ?? ''
  const kvnr = readKvnr(text('kvnr'), refuse)
  const form = readForm(text('formId'), rules.forms, refuse)
  const secondFactor = choose(
    'secondFactor',
    whole('secondFactor') || 'egk',
    SECOND_FACTORS,
    refuse,
  )
  const card = readCard('cardNumber', whole('cardNumber'), rules.cardDigits, refuse)
  const role = choose('recipientRole', whole('recipientRole'), RECIPIENT_ROLES, refuse)
  const address = readAddress(text, refuse)
  const prepared = {
    caseRef: whole('caseRef'),
    form,
    kvnr,
    cardSuffix: card,
    previousCardSuffix: readCard(
      'previousCardNumber',
      whole('previousCardNumber'),
      rules.cardDigits,
      refuse,
    ),
    secondFactor,
    birthDate: readBirthDate(text('birthDate'), refuse),
    salutation: whole('salutation'),
    firstName: whole('firstName'),
    lastName: whole('lastName'),
    ...address,
    letterVariant: choose('letterVariant', whole('letterVariant'), LETTER_VARIANTS, refuse),
    recipientName: readRecipient(whole('recipientName'), role, refuse),
    recipientRole: role,
    prefill: form && readPrefill(form, input.prefill ?? {}, rules.today, refuse),
  }
  if (secondFactor === 'egk' && !input.cardNumber?.trim())
    refuse('cardNumber', 'import.secondFactor')
  return problems.length === 0 && isComplete(prepared) ? ok(prepared) : err(problems)
}

/** The same rules as for a new case. */
export function parseAddress(input: AddressInput): Result<Address, readonly FieldProblem[]> {
  const problems: FieldProblem[] = []
  const refuse: Refuse = (field, code, detail) => {
    problems.push(fieldProblem(field, code, detail))
    return undefined
  }
  const address = readAddress((field) => readText(field, input[field] ?? '', refuse), refuse)
  return problems.length === 0 && isComplete(address) ? ok(address) : err(problems)
}

function readAddress(
  text: (field: keyof Address) => string | undefined,
  refuse: Refuse,
): { readonly [K in keyof Address]: Address[K] | undefined } {
  const whole = (field: keyof Address) => text(field) ?? ''
  const country = readCountry(text('country'), refuse)
  return {
    careOf: whole('careOf'),
    street: whole('street'),
    houseNumber: whole('houseNumber'),
    postcode: readPostcode(whole('postcode'), country, refuse),
    city: whole('city'),
    country,
  }
}

type Refuse = (field: string, code: ErrorCode, detail?: string) => undefined

/** Every reader that gives undefined has named a problem before. */
const isComplete = <T extends object>(
  prepared: { readonly [K in keyof T]?: T[K] | undefined },
): prepared is T => Object.values(prepared).every((value) => value !== undefined)

/** Trimmed and composed (NFC); undefined after a refusal, also when a required field is empty. */
function readText(field: TextField, value: string, refuse: Refuse): string | undefined {
  const text = value.normalize('NFC').trim()
  const limits: Readonly<Record<string, number>> = LIMITS
  if (text === '' && REQUIRED.includes(field)) return refuse(field, 'import.required')
  // Control and direction characters change what a clerk or a letter shows; half a surrogate pair is no character at all.
  if (/[\p{Cc}\p{Co}\p{Cs}\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffd]/u.test(text)) {
    return refuse(field, 'import.characters')
  }
  if ([...text].length > (limits[field] ?? DEFAULT_LIMIT)) return refuse(field, 'import.tooLong')
  return text
}

function readKvnr(text: string | undefined, refuse: Refuse): Kvnr | undefined {
  if (text === undefined) return undefined
  const parsed = parseKvnr(text)
  return parsed.ok ? parsed.value : refuse('kvnr', 'import.kvnr')
}

function readForm(
  id: string | undefined,
  forms: FormLibrary,
  refuse: Refuse,
): LoadedForm | undefined {
  if (id === undefined) return undefined
  return forms.find(id) ?? refuse('formId', 'import.form')
}

/** Null when the field is empty; an unreadable number is never shortened to something that fits. */
function readCard(
  field: 'cardNumber' | 'previousCardNumber',
  text: string,
  cardDigits: CardDigits,
  refuse: Refuse,
): CardSuffix | null | undefined {
  if (text === '') return null
  const parsed = parseCardNumber(text)
  return parsed.ok ? cardSuffixOf(parsed.value, cardDigits) : refuse(field, 'import.cardNumber')
}

/** `YYYY-MM-DD`; day and month may be 00 where the register knows no better (domain.md 3.2). */
function readBirthDate(text: string | undefined, refuse: Refuse): BirthDate | undefined {
  if (text === undefined) return undefined
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseBirthDate(text) : undefined
  return parsed?.ok ? parsed.value : refuse('birthDate', 'import.date')
}

function readCountry(text: string | undefined, refuse: Refuse): Country | undefined {
  if (text === undefined) return undefined
  const parsed = parseCountry(text)
  return parsed.ok ? parsed.value : refuse('country', 'import.country')
}

/** Only German postcodes are checked (design.md 9); some countries have none. */
function readPostcode(
  text: string,
  country: Country | undefined,
  refuse: Refuse,
): string | undefined {
  if (country !== GERMANY) return text
  if (text === '') return refuse('postcode', 'import.required')
  return /^\d{5}$/.test(text) ? text : refuse('postcode', 'import.postcode')
}

/** Parents may stay unnamed ("An die Eltern von ..."); a guardian or an authorised person has a name. */
function readRecipient(
  name: string,
  role: RecipientRole | undefined,
  refuse: Refuse,
): string | undefined {
  if (role === undefined) return undefined
  if (role === '' && name !== '') return refuse('recipientRole', 'import.required')
  if ((role === 'betreuung' || role === 'vollmacht') && name === '') {
    return refuse('recipientName', 'import.required')
  }
  return name
}

function choose<T extends string>(
  field: string,
  value: string,
  choices: readonly T[],
  refuse: Refuse,
): T | undefined {
  const chosen = choices.find((choice) => choice === value)
  // A required choice that is empty has been named already.
  if (chosen === undefined && value !== '') {
    return refuse(
      field,
      'import.choice',
      `(${choices.filter((choice) => choice !== '').join(', ')})`,
    )
  }
  return chosen
}

function readPrefill(
  form: LoadedForm,
  prefill: Readonly<Record<string, unknown>>,
  today: CalendarDate,
  refuse: Refuse,
): Answers | undefined {
  const checked = checkPrefill(form, prefill, today)
  if (checked.ok) return checked.value
  for (const problem of checked.error) refuse('prefill', 'import.prefill', problem)
  return undefined
}
