// Choosing a language and filling placeholders of texts.
import type { Locale, LText } from './definition.ts'

/** German stands in where a translation is missing. */
export function localText(text: LText, locale: Locale): string {
  return text[locale] ?? text.de
}

/** Replaces `{name}`; unknown names stay as they are, so that a slip in a text is seen. */
export function fillText(text: string, values: { readonly [name: string]: string }): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  )
}
