// One entry of the error catalogue: status and the text in three languages.

export interface ErrorText {
  readonly status: number
  readonly de: string
  /** Leichte Sprache; not yet checked by a test group. */
  readonly simple: string
  readonly en: string
}

export const entry = (status: number, de: string, simple: string, en: string): ErrorText => ({
  status,
  de,
  simple,
  en,
})
