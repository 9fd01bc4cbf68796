// The languages and the path segment each one stands under.
import type { Locale } from '@einmal-pin/domain/form/definition'

const SEGMENTS = { 'leichte-sprache': 'de-simple', en: 'en' } as const

export type LocaleSegment = keyof typeof SEGMENTS

export const isLocaleSegment = (segment: string): segment is LocaleSegment =>
  Object.hasOwn(SEGMENTS, segment)

/** The language of the first path segment; German when there is none. */
export const localeOfSegment = (segment: string | undefined): Locale =>
  segment !== undefined && isLocaleSegment(segment) ? SEGMENTS[segment] : 'de'

/** Each language in its own words. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = {
  de: 'Deutsch',
  'de-simple': 'Leichte Sprache',
  en: 'English',
}

export const LOCALES = ['de', 'de-simple', 'en'] as const satisfies readonly Locale[]

const PREFIXES: Readonly<Record<Locale, string>> = {
  de: '',
  'de-simple': '/leichte-sprache',
  en: '/en',
}

/** The address of a page (given as in German, `/anmelden`) in a language. */
export function pathIn(locale: Locale, page: string): string {
  const path = `${PREFIXES[locale]}${page === '/' ? '' : page}`
  return path === '' ? '/' : path
}

/** The German address of a page, whatever language `pathname` is in. */
export function pageOf(pathname: string): string {
  const [, first, ...rest] = pathname.replace(/\/$/, '').split('/')
  const page = first !== undefined && isLocaleSegment(first) ? rest : [first, ...rest]
  return `/${page.filter(Boolean).join('/')}`
}

/** Every prerendered page exists once per language. */
export const localeEntries = () => [{ locale: '' }, { locale: 'leichte-sprache' }, { locale: 'en' }]
