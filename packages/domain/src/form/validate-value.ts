// Is one value right for its field? Returns codes with parameters, never texts.
import type { AddressAnswer, AnswerValue, ProofAnswer } from './answers.ts'
import type { DateField, Field, FileField, NumberField } from './definition.ts'
import { resolve } from './holds.ts'
import { readEmail, readIban, readKvnr, readPhone, readPlz, readSteuerId } from './named-formats.ts'
import type { Scope } from './scope.ts'
import { isIsoDate, isIsoMonth, readTime } from './typed-date.ts'
import { MAX_CENTS } from './typed-number.ts'
import type { Params } from './view.ts'

/** A slip in one value; `part` names the piece of an address or a proof. */
export interface Slip {
  readonly code: string
  readonly params: Params
  readonly part?: string
}

const slip = (code: string, params: Params = {}, part?: string): Slip =>
  part === undefined ? { code, params } : { code, params, part }

const when = (wrong: boolean, code: string, params: Params = {}, part?: string): readonly Slip[] =>
  wrong ? [slip(code, params, part)] : []

const count = (value: number) => ({ as: 'int', value }) as const

/** The code for a required field that is empty. */
export function missingCode(field: Field): string {
  switch (field.type) {
    case 'yesno':
    case 'choice':
    case 'multi':
      return 'choice.required'
    case 'checkbox':
    case 'file':
    case 'proof':
    case 'date':
      return `${field.type}.required`
    default:
      return 'field.required'
  }
}

/** Line breaks only in several lines; other control characters and halves of a surrogate pair never. */
function hasControl(value: string, lines: boolean): boolean {
  return [...value].some((char) => {
    const code = char.charCodeAt(0)
    const control = code < 32 || (code >= 127 && code < 160)
    const half = char.length === 1 && code >= 0xd800 && code < 0xe000
    return half || (control && !(lines && (code === 9 || code === 10 || code === 13)))
  })
}

function textSlips(value: string, min: number, max: number, lines: boolean): readonly Slip[] {
  if (hasControl(value, lines)) return [slip('text.control')]
  const length = [...value].length
  if (length > max) return [slip('text.tooLong', { max: count(max) })]
  return when(length < min, 'text.tooShort', { min: count(min) })
}

function numberSlips(field: NumberField, value: AnswerValue): readonly Slip[] {
  if (typeof value !== 'number') return [slip(`${field.type}.invalid`)]
  const as = field.type
  const min = field.min ?? 0
  const max = field.max ?? MAX_CENTS
  if (value < min) {
    return [slip(min === 0 ? 'number.negative' : 'number.tooSmall', { min: { as, value: min } })]
  }
  return when(value > max, 'number.tooLarge', { max: { as, value: max } })
}

function dateSlips(limits: DateField, value: AnswerValue, scope: Scope): readonly Slip[] {
  if (!isIsoDate(value)) return [slip('date.invalid')]
  const first = limits.notBefore === undefined ? undefined : resolve(limits.notBefore, scope)
  const last = limits.notAfter === undefined ? undefined : resolve(limits.notAfter, scope)
  if (isIsoDate(first) && value < first) {
    if (first === scope.today) return [slip('date.past')]
    return [slip('date.tooEarly', { limit: { as: 'date', value: first } })]
  }
  if (!isIsoDate(last) || value <= last) return []
  if (last === scope.today) return [slip('date.future')]
  return [slip('date.tooLate', { limit: { as: 'date', value: last } })]
}

const SIMPLE: Readonly<Record<string, (raw: string) => string | undefined>> = {
  time: readTime,
  iban: readIban,
  kvnr: readKvnr,
  steuer_id: readSteuerId,
  phone: readPhone,
  email: readEmail,
  plz: readPlz,
}

function choiceSlips(field: Field, values: readonly unknown[]): readonly Slip[] {
  if (field.type !== 'choice' && field.type !== 'multi') {
    return when(!values.every((value) => value === 'ja' || value === 'nein'), 'choice.unknown')
  }
  const chosen = field.options.filter((option) => values.includes(option.value))
  if (chosen.length !== values.length) return [slip('choice.unknown')]
  return when(chosen.length > 1 && chosen.some((option) => option.exclusive), 'choice.exclusive')
}

const isGermany = (land: string | undefined): boolean =>
  land === undefined || ['deutschland', 'germany', 'de', 'd'].includes(land.toLowerCase())

function addressSlips(value: AddressAnswer): readonly Slip[] {
  const missing = (['strasse', 'plz', 'ort'] as const).filter((part) => value[part] === undefined)
  const foreign = !isGermany(value.land)
  const odd = value.plz !== undefined && !foreign && readPlz(value.plz) === undefined
  const parts = Object.entries(value).flatMap(([part, text]) =>
    textSlips(text ?? '', 0, 200, false).map((found) => ({ ...found, part })),
  )
  return [
    ...missing
      .filter((part) => part !== 'plz' || !foreign)
      .map((part) => slip(`address.${part}.required`, {}, part)),
    ...when(odd, 'plz.invalid', {}, 'plz'),
    ...parts,
  ]
}

function proofSlips(value: ProofAnswer, scope: Scope): readonly Slip[] {
  if (value.wie === 'jetzt') {
    return when(value.dateien === undefined, 'proof.files.required', {}, 'dateien')
  }
  if (value.wie === 'nicht_moeglich') {
    if (value.grund === undefined) return [slip('proof.reason.required', {}, 'grund')]
    return textSlips(value.grund, 0, 4000, true).map((found) => ({ ...found, part: 'grund' }))
  }
  if (value.bis === undefined) return [slip('proof.date.required', {}, 'bis')]
  if (!isIsoDate(value.bis)) return [slip('date.invalid', {}, 'bis')]
  return when(value.bis < scope.today, 'date.past', {}, 'bis')
}

function countSlips({ max = Infinity }: FileField, documents: readonly unknown[]): readonly Slip[] {
  return when(documents.length > max, 'file.tooMany', { max: count(max) })
}

/** What is wrong with a filled value of a field; empty if nothing. `value` has the field's shape. */
export function slipsOf(field: Field, value: AnswerValue, scope: Scope): readonly Slip[] {
  switch (field.type) {
    case 'text':
    case 'textarea': {
      const lines = field.type === 'textarea'
      const max = field.maxLength ?? (lines ? 4000 : 200)
      return textSlips(String(value), field.minLength ?? 0, max, lines)
    }
    case 'money':
    case 'int':
      return numberSlips(field, value)
    case 'month':
      return when(!isIsoMonth(value), 'month.invalid')
    case 'date':
      return dateSlips(field, value, scope)
    case 'yesno':
    case 'choice':
      return choiceSlips(field, [value])
    case 'multi':
      return choiceSlips(field, Array.isArray(value) ? value : [])
    case 'address':
      return addressSlips(value as AddressAnswer)
    case 'proof': {
      const proof = value as ProofAnswer
      const many = countSlips(field, proof.dateien ?? []).map((found) => ({
        ...found,
        part: 'dateien',
      }))
      return [...proofSlips(proof, scope), ...many]
    }
    case 'checkbox':
      return []
    case 'file':
      return countSlips(field, Array.isArray(value) ? value : [])
    default:
      return when(SIMPLE[field.type]?.(String(value)) === undefined, `${field.type}.invalid`)
  }
}
