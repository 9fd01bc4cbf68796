// The words of a letter: texts/*.json, filled with values, cut into plain and strong pieces.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LetterError } from './letter-error.ts'

/** A run of text for the template; `strong` comes from `**` in the text file. */
export interface Piece {
  readonly text: string
  readonly strong: boolean
}

/** Values for the placeholders; a text that names another one is refused. */
export type Values = Readonly<Record<string, string>>

interface PerReader<T> {
  readonly selbst: T
  readonly eltern: T
  readonly vertretung: T
}

interface Own {
  readonly number: string
  readonly card: string
  readonly birth: string
}

/** What a letter says about a form in place of the form's own texts. */
export interface FormWords {
  readonly subject: string
  readonly why: string
  readonly legalBasis: string
}

export interface SectionText {
  readonly heading: string
  readonly paragraphs: readonly string[]
}

interface KindWords {
  readonly subject: string
  readonly intro: PerReader<readonly string[]>
}

/** A reminder has the box without a PIN, and sections of its own: "this letter" is not the one with the PIN. */
interface ReminderWords extends KindWords {
  readonly pinBox: Record<'heading' | 'lead' | 'valid' | 'note', string>
  readonly sections: readonly SectionText[]
}

/** The shape of texts/*.json; apps/office/letters/README.md explains every key to editors. */
export interface LetterTexts {
  readonly locale: 'de' | 'de-simple'
  readonly notice: string | null
  readonly subject: string
  readonly info: Record<'caseRef' | 'date' | 'phone' | 'hours', string>
  readonly headerLine: string
  /** By form id. */
  readonly forms: Readonly<Record<string, FormWords>>
  readonly greeting: Record<'frau' | 'herr' | 'neutral' | 'unnamed', string>
  readonly intro: PerReader<readonly string[]>
  readonly reissue: Record<'lost' | 'online' | 'stolen', string>
  /** What other kinds of letters say in place of the letter with the first PIN. */
  readonly kinds: { readonly reminder: ReminderWords; readonly followUp: KindWords }
  readonly itemsHeading: string
  readonly itemChannel: Record<'online' | 'paper', string>
  readonly howHeading: string
  readonly own: PerReader<Own>
  readonly steps: Record<'egk' | 'birthdate', readonly string[]>
  readonly card: Record<
    'front' | 'back' | 'number' | 'cardNumber' | 'altEgk' | 'altBirthdate',
    string
  >
  readonly pinBox: {
    readonly heading: string
    readonly valid: string
    readonly note: string
    readonly portal: string
    readonly qrAlt: string
    readonly qrCaption: string
  }
  readonly otherWay: string
  readonly closing: string
  readonly sections: readonly SectionText[]
  readonly notices: readonly SectionText[]
  /** Stands on the last page when the text would end on a front: letters are printed on both sides. */
  readonly emptyPage: string
  readonly pageLabel: string
  readonly footerContact: string
}

const NO_BREAK_SPACE = '\u00a0'

/** Relative to the letters folder. */
export const textFileOf = (locale: 'de' | 'de-simple'): string => `texts/${locale}.json`

/** Reads a text file of the letters folder. Throws LetterError `letter.template` with its place when it is missing or no JSON. */
export function readTexts(folder: string, locale: 'de' | 'de-simple'): LetterTexts {
  const file = textFileOf(locale)
  try {
    return JSON.parse(readFileSync(join(folder, file), 'utf8')) as LetterTexts
  } catch (error) {
    const detail = error instanceof Error ? error.message : ''
    const [, line, column] = /line (\d+) column (\d+)/.exec(detail) ?? []
    const place = line === undefined ? file : `${file}:${line}:${column}`
    throw new LetterError('letter.template', place, detail)
  }
}

/**
 * Puts values into a text and cuts it into pieces. `~` is a non-breaking space and `**` turns strong on and off, in the
 * text only: values are taken as they are. Throws LetterError `letter.template` for an unknown placeholder.
 */
export function pieces(text: string, values: Values): Piece[] {
  if (typeof text !== 'string') {
    throw new LetterError('letter.template', undefined, 'a text is missing')
  }
  const filled = text
    .split('**')
    .map((part, index) => ({ text: fill(part, values), strong: index % 2 === 1 }))
    .filter((piece) => piece.text !== '')
  return filled.map((piece, index) => ({
    text: (index === 0 ? piece.text : piece.text.trimStart()) + leadingBlank(filled[index + 1]),
    strong: piece.strong,
  }))
}

// A blank between two pieces stands at the end of the first: at the start of a line it would be lost to screen readers.
function leadingBlank(next: Piece | undefined): string {
  return /^\s*/u.exec(next?.text ?? '')?.[0] ?? ''
}

/** Like `pieces`, for places that cannot be strong. */
export function plainText(text: string, values: Values): string {
  return pieces(text, values)
    .map((piece) => piece.text)
    .join('')
}

function fill(part: string, values: Values): string {
  return part.replaceAll('~', NO_BREAK_SPACE).replace(/\{([a-zA-Z]+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    if (value === undefined) {
      const detail = `unknown placeholder {${name}} in "${part}"`
      throw new LetterError('letter.template', undefined, detail)
    }
    return value
  })
}
