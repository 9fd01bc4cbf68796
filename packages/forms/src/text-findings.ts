// What can be wrong with the text files: missing and left over texts, and slips against Leichte Sprache.
import type { FormProblem } from '@einmal-pin/domain/form/form-problem'
import { type Finding, textFile } from './finding.ts'
import { escaped, type JsonSource, type Place } from './json-source.ts'
import { simpleLanguageSlips } from './simple-language.ts'
import { isObject } from './source.ts'

/** The text files by language; undefined where there is none. */
export type TextSources = ReadonlyMap<string, JsonSource | undefined>

const START: Place = { line: 1, column: 1 }

const keysOf = (source: JsonSource | undefined): readonly string[] =>
  isObject(source?.value) ? Object.keys(source.value) : []

const placeOfKey = (source: JsonSource | undefined, key: string): Place =>
  source?.placeOfName(`/${escaped(key)}`) ?? START

/** A missing text belongs behind the one that stands before it in another language. */
function placeForMissing(key: string, locale: string, sources: TextSources): Place {
  const here = keysOf(sources.get(locale))
  if (here.includes(key)) return placeOfKey(sources.get(locale), key)
  const model = [...sources.values()].map(keysOf).find((keys) => keys.includes(key)) ?? []
  const before = model.slice(0, Math.max(model.indexOf(key), 0)).findLast((k) => here.includes(k))
  return before === undefined ? START : placeOfKey(sources.get(locale), before)
}

/** A file that is not there is one finding, not hundreds. */
export function missingText(
  { where, written: locale = 'de' }: FormProblem,
  key: string,
  sources: TextSources,
): Finding {
  const file = textFile(locale)
  const isThere = sources.get(locale) !== undefined
  const place = isThere ? placeForMissing(key, locale, sources) : START
  const message = isThere
    ? `the text "${key}" is missing: add it to ${file}`
    : `${file} is missing: add the file with all texts`
  return { code: 'form.text.missing', severity: 'error', file, where, message, ...place }
}

export function unusedText(key: string, locale: string, sources: TextSources): Finding {
  const message = `no part of the form uses the text "${key}": remove it or correct the key`
  return {
    ...{ code: 'form.text.unused', severity: 'error', file: textFile(locale), message },
    ...{ where: `${key} (${locale})`, ...placeOfKey(sources.get(locale), key) },
  }
}

/** Values that are no texts; the rest of a check takes texts for granted. */
export function oddTexts(locale: string, source: JsonSource): readonly Finding[] {
  const file = textFile(locale)
  const fields = { code: 'form.schema', severity: 'error', file } as const
  if (!isObject(source.value)) {
    const message = 'a text file is one object with a text for each key: correct its outer braces'
    return [{ ...fields, where: '#', message, ...source.placeOf('') }]
  }
  return Object.entries(source.value)
    .filter(([, text]) => typeof text !== 'string')
    .map(([key]) => {
      const pointer = `/${escaped(key)}`
      const message = `"${key}" is no text: put it into double quotes`
      return { ...fields, where: `#${pointer}`, message, ...source.placeOf(pointer) }
    })
}

/** Advice on the texts in Leichte Sprache, at the very word. */
export function simpleLanguageFindings(source: JsonSource): readonly Finding[] {
  if (!isObject(source.value)) return []
  return Object.entries(source.value).flatMap(([key, text]) =>
    typeof text !== 'string'
      ? []
      : simpleLanguageSlips(text).map(({ code, offset, message }) => ({
          ...{ code, severity: 'warning', file: textFile('de-simple'), where: key, message },
          ...source.placeOf(`/${escaped(key)}`, offset),
        })),
  )
}
