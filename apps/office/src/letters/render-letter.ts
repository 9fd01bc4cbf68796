// Sets one letter with Typst: JSON in, PDF out, nothing on disk and nothing on the network.
import { formatPin, type Pin } from '@einmal-pin/domain/pin'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { dataMatrix } from './data-matrix.ts'
import { letterFonts } from './fonts.ts'
import { letterData } from './letter-data.ts'
import { LetterError } from './letter-error.ts'
import type { LetterInput } from './letter-input.ts'
import { type LetterLocale, LOCALE_OF } from './letter-locale.ts'
import type { LetterRecord } from './letter-record.ts'
import { readTexts, textFileOf } from './letter-texts.ts'
import { LETTERS_FOLDER } from './letters-folder.ts'
import { qrCode } from './qr-code.ts'
import { refusalOf, refusePackages, refuseWarnings } from './typst-faults.ts'

/**
 * `post`: with the PIN, for the print centre; `plain`: the same for a reminder, which has none. `specimen`: as posted, with zeros for the
 * PIN and "MUSTER" across each page. All are PDF/UA-1.
 */
export type LetterCopy =
  | { readonly copy: 'post'; readonly pin: Pin }
  | { readonly copy: 'plain' }
  | { readonly copy: 'specimen' }

export type RenderOptions = LetterCopy & {
  /** Folder with templates/, texts/, drawings/; default: the one of this application. */
  readonly folder?: string
  /** Default: the language of the variant. */
  readonly locale?: LetterLocale
}

export interface RenderedLetter {
  readonly pdf: Buffer
  readonly pages: number
}

/** Its check digit is wrong: typed into the login page it costs nobody an attempt. */
const SPECIMEN_PIN = '0000 0000 0000 0001'

function shownPin({ kind }: LetterInput, options: LetterCopy): string {
  if (kind === 'reminder' || options.copy === 'plain') return ''
  if (options.copy === 'post') return formatPin(options.pin)
  return SPECIMEN_PIN
}

const compilers = new Map<string, NodeCompiler>()

// Fonts are read once per process and folder; the compiler itself holds no letter.
function compilerFor(folder: string): NodeCompiler {
  const known = compilers.get(folder)
  if (known) return known
  refusePackages(folder)
  const made = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontBlobs: letterFonts() }] })
  compilers.set(folder, made)
  return made
}

/**
 * Renders a letter on an even number of pages (domain.md 6.3). Runs up to seconds on the calling thread: only the letter
 * child and tests call it. Throws LetterError (`letter.glyph`, `letter.addressTooLong`, `letter.template`, `letter.font`),
 * never with the customer's text in code or place.
 */
export function renderLetter(input: LetterInput, options: RenderOptions): RenderedLetter {
  const { kind, variant, letterId, letterDate, portalUrl } = input
  const folder = options.folder ?? LETTERS_FOLDER
  const locale = options.locale ?? LOCALE_OF[variant]
  const texts = readTexts(folder, locale)
  const words = inFile(textFileOf(locale), () => letterData(input, texts, shownPin(input, options)))
  return setSheets(folder, {
    ...{ kind, variant, letterId, letterDate, words, formId: input.form.id },
    code: qrCode(portalUrl),
    specimen: options.copy === 'specimen',
    pdfStandard: 'ua-1',
  })
}

/** PDF/A-2a of what the letter said, with dots for the PIN and a crossed field for the code. Throws LetterError. */
export function renderArchiveCopy(record: LetterRecord, folder = LETTERS_FOLDER): RenderedLetter {
  return setSheets(folder, { ...record, code: MASKED_CODE, specimen: false, pdfStandard: 'a-2a' })
}

interface Sheets extends LetterRecord {
  readonly code: Buffer
  readonly specimen: boolean
  readonly pdfStandard: 'ua-1' | 'a-2a'
}

/** Forgets its inputs before it returns, as far as Typst can. */
function setSheets(folder: string, sheets: Sheets): RenderedLetter {
  const { kind, variant, formId, letterId, words, specimen, code } = sheets
  const compiler = compilerFor(folder)
  const main = `${folder}/templates/${variant}.typ`
  const look = [folder, variant, kind, formId].join('|')
  const setFor = (textPages: number) => {
    const blank = textPages % 2 === 1
    const pages = blank ? textPages + 1 : textPages
    const data = Buffer.from(JSON.stringify({ ...words, specimen, marks: pages, blank }))
    compiler.mapShadow(`${folder}/data.json`, data)
    compiler.mapShadow(`${folder}/qr.svg`, code)
    for (let page = 1; page <= pages; page += 1) {
      const mark = dataMatrix(`${letterId};${page}/${pages}`)
      compiler.mapShadow(`${folder}/marks/${page}.svg`, mark)
    }
    try {
      return compile({ compiler, main, folder }, sheets)
    } finally {
      compiler.resetShadow()
      compiler.evictCache(0)
      data.fill(0)
    }
  }
  // How many pages the text takes is known once they are set, and is in every mark: letters of one look have equally many.
  const guess = pageCounts.get(look) ?? USUAL_PAGES
  const first = setFor(guess)
  const textPages = first.pages - (guess % 2)
  pageCounts.set(look, textPages)
  if (textPages === guess) return first
  first.pdf.fill(0)
  return setFor(textPages)
}

/** Whatever the words of a text file lead to is that file's fault; a text that is not there is a TypeError. */
function inFile<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof LetterError && (error.code !== 'letter.template' || error.place))
      throw error
    const detail = error instanceof LetterError ? error.detail : String(error)
    throw new LetterError('letter.template', file, detail)
  }
}

const USUAL_PAGES = 2
/** Of the text alone, by folder, variant, kind and form. */
const pageCounts = new Map<string, number>()

interface Setting {
  readonly compiler: NodeCompiler
  readonly main: string
  readonly folder: string
}

function compile(
  { compiler, main, folder }: Setting,
  { pdfStandard, letterDate }: Sheets,
): RenderedLetter {
  const compiled = compiler.compile({ mainFilePath: main, resetRead: true })
  const document = compiled.result
  if (!document) {
    const error = compiled.takeError()
    throw refusalOf(error ? compiler.fetchDiagnostics(error) : [], folder)
  }
  const warnings = compiled.takeWarnings()
  if (warnings) refuseWarnings(compiler.fetchDiagnostics(warnings), folder)
  const creationTimestamp = Date.parse(`${letterDate}T00:00:00Z`) / 1000
  try {
    const pdf = compiler.pdf(document, { pdfStandard, creationTimestamp })
    return { pdf, pages: document.numOfPages }
  } catch (error) {
    // PDF/UA and PDF/A refuse text without a glyph; that refusal is the only one that data can cause here.
    throw refusalOf(
      [{ message: error instanceof Error ? error.message : JSON.stringify(error) }],
      folder,
    )
  }
}

/** A field as large as the code's, so that everything else stays where it was. */
const MASKED_CODE = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><path d="M4 4h32v32H4zM4 4l32 32M36 4L4 36" fill="none" stroke="#4a555c" stroke-width="0.4"/></svg>',
)
