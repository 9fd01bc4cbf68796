// The catalogue's text for a code, in the language on screen.
import { ERRORS } from '@einmal-pin/wire/errors'
import { currentLocale } from '../locale/locale.svelte.ts'
import { m } from '../paraglide/messages.js'

const TEXT_OF = { de: 'de', 'de-simple': 'simple', en: 'en' } as const

const isCode = (code: string): code is keyof typeof ERRORS => Object.hasOwn(ERRORS, code)

/** Codes that only the browser has are texts of this app; an unknown one is a failure of ours. */
export function errorText(code: string): string {
  if (code === 'network') return m.error_network()
  if (code === 'case.tampered') return m.error_tampered()
  return ERRORS[isCode(code) ? code : 'service.failed'][TEXT_OF[currentLocale()]]
}
