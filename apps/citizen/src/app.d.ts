// Types of what the build adds: the insurer's settings, the public pages' texts and the address of the vault's worker.
declare module 'virtual:tenant' {
  export const tenant: import('@einmal-pin/domain/tenant').TenantSettings
}

declare module 'virtual:brand.css'

declare module 'virtual:texts/information' {
  type Locale = import('@einmal-pin/domain/form/definition').Locale
  export const texts: Readonly<Record<Locale, import('./content/page-text.ts').InfoText>>
}

declare module 'virtual:texts/rueckmeldung' {
  type Locale = import('@einmal-pin/domain/form/definition').Locale
  export const texts: Readonly<Record<Locale, import('./content/page-text.ts').FeedbackText>>
}

declare module 'virtual:texts/gebaerdensprache' {
  type Locale = import('@einmal-pin/domain/form/definition').Locale
  export const texts: Readonly<Record<Locale, import('./content/page-text.ts').FilmText>>
}

declare module 'virtual:form-purposes' {
  export const purposes: import('../vite/form-purposes.ts').FormPurposes
}

declare module 'virtual:films' {
  type Film = import('./content/film.ts').Film
  /** The insurer's film in sign language (config/media), where there is one. */
  export const sign: Film | undefined
  export const walkThrough: Film | undefined
}

declare module 'virtual:texts/*' {
  export const texts: import('./content/page-text.ts').PageTexts
}
