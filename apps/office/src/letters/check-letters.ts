// Checks a letters folder as editors change it: every text is there, and every kind and variant can be set for everybody in the demonstration.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isFolderFault, LetterError } from './letter-error.ts'
import { LETTER_KINDS, LETTER_VARIANTS } from './letter-input.ts'
import { LETTER_LOCALES, LOCALE_OF } from './letter-locale.ts'
import { readTexts, textFileOf } from './letter-texts.ts'
import { trySpecimens } from './letter-workshop.ts'
import { LETTERS_FOLDER } from './letters-folder.ts'
import { type Specimens, specimenLetter } from './specimen.ts'

export interface LettersFinding {
  /** File of the folder, with line and column where they are known. */
  readonly place: string
  readonly code: 'letter.template' | 'letter.font' | 'letter.addressTooLong' | 'letter.glyph'
  readonly message: string
}

export interface CheckedFolder {
  /** How many letters were set. */
  readonly letters: number
  readonly findings: readonly LettersFinding[]
}

/** Needs no office. Every finding once, texts first. */
export async function checkLetters(folder: string, specimens: Specimens): Promise<CheckedFolder> {
  const missing = LETTER_LOCALES.flatMap((locale) => missingTexts(folder, locale))
  if (missing.length > 0) return { letters: 0, findings: missing }
  const findings = new Map<string, LettersFinding>()
  let letters = 0
  for await (const { order, refusal } of trySpecimens(ordersFor(specimens), { folder })) {
    letters += 1
    if (refusal === undefined) continue
    const { code, place = `templates/${order.input.variant}.typ`, detail } = refusal
    // Anything else is no finding: a child died.
    if (!isFolderFault(code) && code !== 'letter.glyph' && code !== 'letter.addressTooLong') {
      throw new LetterError(code)
    }
    const message = detail ?? `in the letter to ${order.person}`
    const finding = { place, code, message } as LettersFinding
    findings.set(`${place} ${finding.message}`, finding)
  }
  return { letters, findings: [...findings.values()] }
}

function* ordersFor(specimens: Specimens) {
  for (const variant of LETTER_VARIANTS) {
    for (const kind of LETTER_KINDS) {
      for (const person of specimens.people) {
        yield {
          input: specimenLetter(specimens, person, variant, kind),
          locale: LOCALE_OF[variant],
          person: person.caseRef,
        }
      }
    }
  }
}

/** What the application's own text file has and this one lacks, or has as something else. */
function missingTexts(folder: string, locale: 'de' | 'de-simple'): readonly LettersFinding[] {
  const place = textFileOf(locale)
  try {
    const shipped = JSON.parse(readFileSync(join(LETTERS_FOLDER, place), 'utf8')) as unknown
    return differences(shipped, readTexts(folder, locale), '').map((message) => ({
      ...{ place, code: 'letter.template' as const, message },
    }))
  } catch (error) {
    if (!(error instanceof LetterError)) throw error
    return [{ place: error.place ?? place, code: 'letter.template', message: error.detail ?? '' }]
  }
}

/** These may differ: `forms` has an entry per form of the insurer, `notice` may be null. */
const FREE = ['forms', 'notice']

function differences(shipped: unknown, given: unknown, path: string): readonly string[] {
  if (FREE.includes(path)) return []
  const name = path === '' ? 'the file' : `"${path}"`
  if (given === undefined) return [`${name} is missing`]
  if (kindOf(shipped) !== kindOf(given)) return [`${name} must be a ${kindOf(shipped)}`]
  if (kindOf(shipped) !== 'group') return []
  return Object.entries(shipped as object).flatMap(([key, value]) =>
    differences(
      value,
      (given as Readonly<Record<string, unknown>>)[key],
      path === '' ? key : `${path}.${key}`,
    ),
  )
}

const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'list'
  if (value === null) return 'null'
  return typeof value === 'object' ? 'group' : typeof value === 'string' ? 'text' : typeof value
}
