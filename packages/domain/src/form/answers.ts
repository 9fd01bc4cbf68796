// What a person answers: plain JSON, keyed by field key, in the order-free shape that is exported.

export type Scalar = string | number | boolean

/** Address of type `address`; `land` is a name as typed, `Deutschland` unless changed. */
export interface AddressAnswer {
  readonly strasse?: string
  readonly hausnr?: string
  readonly plz?: string
  readonly ort?: string
  readonly land?: string
}

/** Three ways to answer a proof (forms.md 0.4); a missing proof never blocks sending. */
export type ProofWay = 'jetzt' | 'spaeter' | 'nicht_moeglich'

export interface ProofAnswer {
  readonly wie?: ProofWay
  readonly dateien?: readonly string[]
  /** A date in ISO form, or what was typed while it is no date yet. */
  readonly bis?: string
  readonly grund?: string
}

/** One item of a repeat group. The id is stable for the life of the draft. */
export interface Item {
  readonly id: string
  readonly [key: string]: AnswerValue | undefined
}

/**
 * By field type: text, textarea, choice, yesno (`ja`/`nein`), iban, kvnr, steuer_id, phone, email, plz,
 * time = string; date = `YYYY-MM-DD`; month = `YYYY-MM`; int = number; money = cents as number;
 * checkbox = boolean; multi = string[]; file = document ids; proof = ProofAnswer; repeat = items.
 * What was typed and cannot be read yet (date, money ...) stays as the typed string: nothing is lost,
 * and validation names it.
 */
export type AnswerValue = Scalar | readonly string[] | AddressAnswer | ProofAnswer | readonly Item[]

export interface Answers {
  readonly [key: string]: AnswerValue | undefined
}

/** What the office knew, as it came with the case: values in stored form, items still without ids. */
export interface Prefill {
  readonly [key: string]: unknown
}
