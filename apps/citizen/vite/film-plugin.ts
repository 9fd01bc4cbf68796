// `virtual:films`: the films that the build found; their files get names with a hash, like every other file of the site.
import type { Plugin } from 'vite'
import { type FoundFilm, findFilm } from './films.ts'

const MODULE = 'virtual:films'

export interface FilmPlaces {
  /** The insurer's folder; its film in sign language is `gebaerdensprache`. */
  readonly insurer: string
  /** Where `rundgang` lies, which scripts/film.ts makes. */
  readonly own: string
}

export function filmPlugin({ insurer, own }: FilmPlaces): Plugin {
  return {
    name: 'films',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
    load: (id) =>
      id === `\0${MODULE}`
        ? [
            moduleOf('sign', findFilm(insurer, 'gebaerdensprache')),
            moduleOf('walkThrough', findFilm(own, 'rundgang')),
          ].join('\n')
        : null,
  }
}

function moduleOf(name: string, film: FoundFilm | undefined): string {
  if (film === undefined) return `export const ${name} = undefined`
  const imports: string[] = []
  const address = (path: string) => {
    const variable = `${name}${imports.length}`
    imports.push(`import ${variable} from ${JSON.stringify(`${path}?url`)}`)
    return variable
  }
  const sources = film.sources.map(
    ({ path, type, bytes }) => `{ src: ${address(path)}, type: '${type}', bytes: ${bytes} }`,
  )
  const captions = film.captions.map(
    ({ path, locale }) => `{ src: ${address(path)}, locale: '${locale}' }`,
  )
  const poster = film.poster === undefined ? 'undefined' : address(film.poster)
  return `${imports.join('\n')}
export const ${name} = {
  sources: [${sources.join(', ')}],
  captions: [${captions.join(', ')}],
  poster: ${poster},
  transcript: ${JSON.stringify(film.transcript)},
  seconds: ${film.seconds},
}`
}
