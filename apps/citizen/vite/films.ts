// Finds a film in a folder by its name: the video, its captions, a poster, and its text; what is missing stops the build.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readCaptions } from './captions.ts'
import { LOCALES, TextProblem } from './page-texts.ts'

const VIDEOS = [
  { suffix: 'webm', type: 'video/webm' },
  { suffix: 'mp4', type: 'video/mp4' },
] as const

/** The portal keeps the whole site in memory. */
const MOST_BYTES = 64 * 1024 * 1024

type Locale = (typeof LOCALES)[number]

interface Transcript {
  readonly language: Locale
  readonly lines: readonly string[]
}

export interface FoundFilm {
  readonly sources: readonly {
    readonly path: string
    readonly type: string
    readonly bytes: number
  }[]
  readonly poster?: string
  readonly captions: readonly { readonly path: string; readonly locale: Locale }[]
  readonly transcript: Readonly<Record<string, Transcript>>
  readonly seconds: number
}

/**
 * `<name>.webm` or `.mp4`, `<name>.<language>.vtt` (German at least), `<name>.jpg`, and `<name>.<language>.txt` where the text is more
 * than the captions. Undefined when there is no video; throws TextProblem when there is one without captions or too large.
 */
export function findFilm(folder: string, name: string): FoundFilm | undefined {
  const sources = VIDEOS.flatMap(({ suffix, type }) => {
    const path = join(folder, `${name}.${suffix}`)
    return existsSync(path) ? [{ path, type, bytes: sizeOf(path) }] : []
  })
  if (sources.length === 0) return undefined
  const captions = LOCALES.flatMap((locale) => {
    const path = join(folder, `${name}.${locale}.vtt`)
    return existsSync(path) ? [{ path, locale }] : []
  })
  const german = cuesOf(folder, `${name}.de.vtt`)
  const poster = join(folder, `${name}.jpg`)
  return {
    sources,
    ...(existsSync(poster) && { poster }),
    captions,
    transcript: Object.fromEntries(
      LOCALES.map((locale) => [locale, transcriptOf(folder, name, locale)]),
    ),
    seconds: Math.ceil(german.at(-1)?.end ?? 0),
  }
}

function sizeOf(path: string): number {
  const { size } = statSync(path)
  if (size <= MOST_BYTES) return size
  throw new TextProblem(`${path}: a film may have at most ${MOST_BYTES / 1024 / 1024} MB`)
}

function cuesOf(folder: string, file: string) {
  const path = join(folder, file)
  if (!existsSync(path)) throw new TextProblem(`${file}: missing; every film needs German captions`)
  const captions = readCaptions(readFileSync(path, 'utf8'))
  if (typeof captions === 'string') throw new TextProblem(`${file}: ${captions}`)
  return captions
}

/** In the language, else in German. */
function transcriptOf(folder: string, name: string, language: Locale): Transcript {
  const text = join(folder, `${name}.${language}.txt`)
  if (existsSync(text)) return { language, lines: paragraphsOf(readFileSync(text, 'utf8')) }
  const captions = `${name}.${language}.vtt`
  return existsSync(join(folder, captions)) || language === 'de'
    ? { language, lines: cuesOf(folder, captions).map((cue) => cue.text) }
    : transcriptOf(folder, name, 'de')
}

const paragraphsOf = (text: string) =>
  text
    .split(/\r?\n\s*\r?\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
