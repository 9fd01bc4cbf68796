// The shape of the public pages' texts (config/texts), one version per language.
import type { Locale } from '@einmal-pin/domain/form/definition'

export interface Section {
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly list?: readonly string[]
}

export interface PageText {
  readonly title: string
  readonly lead: string
  readonly sections: readonly Section[]
}

export type PageTexts = Readonly<Record<Locale, PageText>>

export interface Question {
  readonly question: string
  readonly answer: readonly string[]
  readonly list?: readonly string[]
}

/** Without an address it is not shown. */
export interface Related {
  readonly title: string
  readonly text: string
  readonly href?: string
}

export interface InfoText {
  readonly title: string
  readonly heading: string
  readonly lead: string
  readonly login: string
  readonly lost: string
  readonly stepsTitle: string
  readonly steps: readonly { readonly title: string; readonly text: string }[]
  readonly faqTitle: string
  readonly questions: readonly Question[]
  readonly otherTitle: string
  readonly other: string
  /** ISO date of the text. */
  readonly date: string
  readonly dateLabel: string
  readonly jumpTitle: string
  readonly topLink: string
  readonly relatedTitle: string
  readonly related: readonly Related[]
}

export interface FeedbackText {
  readonly question: string
  readonly yes: string
  readonly no: string
  readonly note: string
}

export interface FilmText {
  readonly title: string
  readonly lead: string
  readonly signTitle: string
  readonly sign: string
  readonly walkTitle: string
  readonly walk: string
  readonly lengthLabel: string
  readonly sizeLabel: string
  readonly download: string
  readonly transcriptTitle: string
}
