// A form as data: pages, fields, repeat groups, checks and dated parameters, written in German by the insurer.
import type { Prefill, Scalar } from './answers.ts'
import type { Cond, Operand, Path } from './condition.ts'

export const FORM_SCHEMA = 'einmal-pin/form/1'

export const LOCALES = ['de', 'de-simple', 'en'] as const
export type Locale = (typeof LOCALES)[number]

/** Text in several languages. May hold placeholders `{name}`; German is always there. */
export interface LText {
  readonly de: string
  readonly 'de-simple'?: string
  readonly en?: string
}

export interface Option {
  readonly value: string
  readonly label: LText
  /** Cannot be combined with another option of a multi choice. */
  readonly exclusive?: true
  /** `false`: only the office may set it; it is shown but cannot be chosen. */
  readonly offered?: false
  /** Whoever is asked for this sends it by post: letter, form and task list say so. */
  readonly paperOnly?: true
}

interface FieldBase {
  readonly kind: 'field'
  /** German, ASCII, stable: the name in the exported data. */
  readonly key: string
  readonly label: LText
  readonly help?: LText
  /** Default: optional. A condition may depend on any field of the form. */
  readonly required?: boolean | Cond
  readonly when?: Cond
  /** The office may know the value beforehand; shown as known and changeable. */
  readonly prefillable?: true
  /** Only the office sets it (implies prefillable); shown, never edited, hidden while empty. */
  readonly readonly?: true
  /** Default: those of the page. Every field must have both, from itself or from its page. */
  readonly purpose?: LText
  readonly legalBasis?: LText
  /** HTML autofill token, only for data of the person who fills in. */
  readonly autocomplete?: string
}

export interface TextField extends FieldBase {
  readonly type: 'text' | 'textarea'
  readonly minLength?: number
  /** Default: 200 (text), 4000 (textarea). */
  readonly maxLength?: number
}

export interface ChoiceField extends FieldBase {
  readonly type: 'choice' | 'multi'
  readonly options: readonly Option[]
}

/** `money` in cents. Not negative unless `min` says so. */
export interface NumberField extends FieldBase {
  readonly type: 'int' | 'money'
  readonly min?: number
  readonly max?: number
}

export interface DateField extends FieldBase {
  readonly type: 'date' | 'month'
  readonly notBefore?: Operand
  readonly notAfter?: Operand
}

export interface PlainField extends FieldBase {
  readonly type:
    | 'time'
    | 'yesno'
    | 'checkbox'
    | 'address'
    | 'iban'
    | 'kvnr'
    | 'steuer_id'
    | 'phone'
    | 'email'
    | 'plz'
}

/** `proof`: a slot with the offer now / later / not possible; `file`: a plain list of documents. */
export interface FileField extends FieldBase {
  readonly type: 'file' | 'proof'
  /** The most documents. Default: as many as a case may have. */
  readonly max?: number
}

export type Field = TextField | ChoiceField | NumberField | DateField | PlainField | FileField
export type FieldType = Field['type']

/** A heading with fields below it that are shown or hidden together. Adds nothing to the answers. */
export interface Group {
  readonly kind: 'group'
  readonly id: string
  readonly title: LText
  readonly when?: Cond
  readonly blocks: readonly Block[]
}

export interface Repeat {
  readonly kind: 'repeat'
  readonly key: string
  readonly title: LText
  /** Name of one item, for example `Person {n}`; the values of `nameFrom` replace it once filled. */
  readonly item: LText
  /** Label of the button that adds an item. */
  readonly add: LText
  readonly nameFrom: readonly string[]
  /** Label of the button that adds an item like the last one; there is one if `copyFrom` names what is taken over. */
  readonly copy?: LText
  /** Fields of the item that are taken over; never documents. */
  readonly copyFrom?: readonly string[]
  readonly min: number
  readonly max: number
  readonly when?: Cond
  readonly prefillable?: true
  /** Only the items of the prefill: nothing can be added or removed. */
  readonly fixed?: true
  /** `own`: a page per item behind a page that lists them; only at the top level, once per page. */
  readonly paging: 'own' | 'inline'
  /** Items when the prefill names none. */
  readonly fallback?: readonly Prefill[]
  readonly blocks: readonly Block[]
}

/** A value shown inside a text. */
export interface ShownValue {
  readonly of: Operand
  readonly as: 'money' | 'date' | 'int' | 'text'
}

export interface Info {
  readonly kind: 'info'
  readonly id: string
  readonly tone: 'note' | 'warning'
  readonly text: LText
  readonly when?: Cond
  readonly values?: { readonly [name: string]: ShownValue }
}

/** Place of the summary of all answers with a way back to each (common last page only). */
export interface Review {
  readonly kind: 'review'
  readonly id: string
}

export type Block = Field | Group | Repeat | Info | Review

export interface Page {
  readonly id: string
  readonly title: LText
  readonly intro?: LText
  /** Why the insurer asks, shown beside the page (Art. 5(1)(b) DSGVO). */
  readonly purpose: LText
  readonly legalBasis: LText
  readonly when?: Cond
  readonly blocks: readonly Block[]
}

/** A rule across fields; `when` describes the problem. Only `error` must be put right before sending. */
export interface Check {
  readonly id: string
  readonly level: 'error' | 'warning' | 'hint'
  /** Where it is shown, seen from an item of `each`. Skipped while that field is hidden. */
  readonly at: Path
  /** Checked once per item of these repeat groups (`outer` or `outer/inner`). */
  readonly each?: readonly string[]
  readonly when: Cond
  readonly message: LText
  readonly values?: { readonly [name: string]: ShownValue }
}

/** A figure of law that changes with time; `from` in ISO form, ascending, valid until the next. */
export interface Parameter {
  readonly id: string
  readonly values: readonly { readonly from: string; readonly value: Scalar }[]
}

export interface FormDefinition {
  readonly schema: typeof FORM_SCHEMA
  readonly id: string
  readonly version: string
  /** Always false: a declaration with statutory written form cannot come by PIN (section 36a SGB I). */
  readonly schriftform: false
  readonly title: LText
  readonly purpose: LText
  readonly legalBasis: LText
  readonly pages: readonly Page[]
  readonly checks: readonly Check[]
  readonly parameters: readonly Parameter[]
}
