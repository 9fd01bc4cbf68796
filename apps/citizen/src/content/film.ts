// A film of the site as the build found it: its files, and what it says in words.
import type { Locale } from '@einmal-pin/domain/form/definition'

interface Transcript {
  readonly language: Locale
  readonly lines: readonly string[]
}

export interface Film {
  readonly sources: readonly {
    readonly src: string
    readonly type: string
    readonly bytes: number
  }[]
  readonly poster?: string
  readonly captions: readonly { readonly src: string; readonly locale: Locale }[]
  /** `language` is German where nobody has written the film down in the language of the page. */
  readonly transcript: Readonly<Record<Locale, Transcript>>
  readonly seconds: number
}
