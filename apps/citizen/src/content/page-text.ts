// The shape of pages that are text only, one version per language.
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
