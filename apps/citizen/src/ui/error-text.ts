// The catalogue's text for a code, in the language on screen; the office's codes are not shipped to browsers of the portal.
import { PORTAL_ERRORS } from '@einmal-pin/wire/portal-errors'
import { currentLocale } from '../locale/locale.svelte.ts'
import { m } from '../paraglide/messages.js'

const TEXT_OF = { de: 'de', 'de-simple': 'simple', en: 'en' } as const

const isCode = (code: string): code is keyof typeof PORTAL_ERRORS =>
  Object.hasOwn(PORTAL_ERRORS, code)

/** Codes that only the browser has are texts of this app; an unknown one is a failure of ours. */
export function errorText(code: string): string {
  if (code === 'network') return m.error_network()
  if (code === 'case.tampered') return m.error_tampered()
  return PORTAL_ERRORS[isCode(code) ? code : 'service.failed'][TEXT_OF[currentLocale()]]
}
