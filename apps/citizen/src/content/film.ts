// A film of the site as the build found it: its files, and what it says in words.
import type { Locale } from '@einmal-pin/domain/form/definition'

export interface Film {
  readonly sources: readonly {
    readonly src: string
    readonly type: string
    readonly bytes: number
  }[]
  readonly poster?: string
  readonly captions: readonly { readonly src: string; readonly locale: Locale }[]
  readonly transcript: Readonly<Record<Locale, readonly string[]>>
  readonly seconds: number
}
