// The language on screen. A rune, so that switching it redraws every text and keeps every input.
import type { Locale } from '@einmal-pin/domain/form/definition'
import { overwriteGetLocale } from '../paraglide/runtime.js'
import { pathIn } from './segments.ts'

let locale = $state<Locale>('de')

overwriteGetLocale(() => locale)

export const currentLocale = (): Locale => locale

export function useLocale(next: Locale): void {
  locale = next
}

/** The address of a page in the language on screen. */
export const pathTo = (page: string): string => pathIn(locale, page)
