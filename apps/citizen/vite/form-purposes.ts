// `virtual:form-purposes`: of every form its name, purpose and legal basis, for the privacy page; nothing else of a form gets into the site.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale } from '@einmal-pin/domain/form/definition'
import type { Plugin } from 'vite'

export interface FormPurpose {
  readonly id: string
  readonly title: string
  readonly purpose: string
  readonly legalBasis: string
}

export type FormPurposes = Readonly<Record<Locale, readonly FormPurpose[]>>

const MODULE = 'virtual:form-purposes'

/** Every folder with a definition, in the order of the German titles. Throws when a text is missing. */
export function readFormPurposes(folder: string): FormPurposes {
  const ids = readdirSync(folder, { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isDirectory() && readdirSync(join(folder, entry.name)).includes('definition.json'),
    )
    .map(({ name }) => name)
  const inLocale = (locale: Locale) => ids.map((id) => purposeOf(folder, id, locale))
  const order = inLocale('de')
    .toSorted((one, other) => one.title.localeCompare(other.title, 'de'))
    .map(({ id }) => id)
  const sorted = (locale: Locale) =>
    inLocale(locale).toSorted((one, other) => order.indexOf(one.id) - order.indexOf(other.id))
  return { de: sorted('de'), 'de-simple': sorted('de-simple'), en: sorted('en') }
}

function purposeOf(folder: string, id: string, locale: Locale): FormPurpose {
  const file = join(folder, id, `texts.${locale}.json`)
  const texts: Readonly<Record<string, unknown>> = JSON.parse(readFileSync(file, 'utf8'))
  const [title, purpose, legalBasis] = ['title', 'purpose', 'legalBasis'].map((key) => {
    const text = texts[`form.${key}`]
    if (typeof text !== 'string' || text === '') throw new Error(`${file}: form.${key} is missing`)
    return text
  })
  return { id, title: title ?? '', purpose: purpose ?? '', legalBasis: legalBasis ?? '' }
}

export function formPurposePlugin(folder: string): Plugin {
  return {
    name: 'form-purposes',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
    load: (id) =>
      id === `\0${MODULE}`
        ? `export const purposes = ${JSON.stringify(readFormPurposes(folder))}`
        : null,
  }
}
