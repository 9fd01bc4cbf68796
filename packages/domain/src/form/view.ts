// What the form looks like for given answers: the only thing that screens, inbox and tests read.
import type { CalendarDate } from '../calendar-date.ts'
import type { Answers, AnswerValue, Prefill } from './answers.ts'
import type { Field, LText, Page, Parameter } from './definition.ts'

/** Everything a form depends on besides the answers. Browser and office pass the same. */
export interface FormContext {
  readonly today: CalendarDate
  /** Values known to the office, as they came with the case. */
  readonly prefill?: Prefill
  /** Default: those of the definition. */
  readonly parameters?: readonly Parameter[]
  /** Ids of steps that the person has left by "Weiter" or seen before. */
  readonly visited?: readonly string[]
}

/** A value inside a message, to be formatted in the reader's language. */
export interface Param {
  readonly as: 'money' | 'date' | 'int' | 'text'
  readonly value: string | number
}

export interface Params {
  readonly [name: string]: Param
}

/**
 * `path` is the full path of the answer: `anschrift`, `angehoerige/k1/vorname`, for parts of an
 * address or a proof `anschrift.plz`. `code` is stable (messages.ts); checks have `check.<id>` and
 * bring their own message.
 */
export interface Issue {
  readonly level: 'error' | 'warning' | 'hint'
  readonly path: string
  readonly code: string
  readonly params: Params
  readonly message?: LText
}

export interface FieldView {
  readonly kind: 'field'
  readonly path: string
  readonly field: Field
  readonly required: boolean
  readonly value: AnswerValue | undefined
  /** What the office knew, if anything. */
  readonly known: AnswerValue | undefined
  readonly issues: readonly Issue[]
}

export interface GroupView {
  readonly kind: 'group'
  readonly id: string
  readonly title: LText
  readonly blocks: readonly BlockView[]
}

export interface InfoView {
  readonly kind: 'info'
  readonly id: string
  readonly tone: 'note' | 'warning'
  readonly text: LText
  readonly params: Params
}

export interface ReviewView {
  readonly kind: 'review'
  readonly id: string
}

export interface ItemView {
  readonly id: string
  readonly path: string
  /** `Mia Muster`, or undefined while nothing is typed: then show `item` with `{n}` = number. */
  readonly name: string | undefined
  readonly number: number
  readonly known: boolean
  readonly removable: boolean
  /** With paging `own`: the step of this item, and no blocks here. */
  readonly stepId: string | undefined
  readonly blocks: readonly BlockView[]
}

export interface RepeatView {
  readonly kind: 'repeat'
  readonly path: string
  readonly title: LText
  readonly item: LText
  readonly add: LText
  readonly paging: 'own' | 'inline'
  readonly canAdd: boolean
  /** Set while an item can be added that is like the last one. */
  readonly copy: { readonly label: LText; readonly from: readonly string[] } | undefined
  readonly items: readonly ItemView[]
  readonly issues: readonly Issue[]
}

export type BlockView = FieldView | GroupView | InfoView | RepeatView | ReviewView

/** `hasErrors`: something typed is wrong; what is merely missing leaves a step `begun`. */
export type StepStatus = 'open' | 'begun' | 'done' | 'hasErrors'

/** One screen: a page, or one item of a repeat group with paging `own`. */
export interface StepView {
  /** Page id, or `<page id>/<item id>`. */
  readonly id: string
  readonly page: Page
  readonly title: LText
  /** Set for the step of an item. */
  readonly item: ItemView | undefined
  readonly blocks: readonly BlockView[]
  readonly status: StepStatus
  readonly errors: readonly Issue[]
  readonly hints: readonly Issue[]
}

export interface FormView {
  /** Only what is visible: hidden, empty and unknown answers are dropped. This is what is sent. */
  readonly answers: Answers
  readonly steps: readonly StepView[]
  readonly progress: { readonly done: number; readonly total: number }
}
