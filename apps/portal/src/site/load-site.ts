// Reads the built citizen app into memory: a closed table from URL path to answer, so that no path can reach any other file.
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { sha256Hex } from '@einmal-pin/vault/digest'
import { EMPTY_POLICY, pageKindOf, pagePolicy, SCRIPT_POLICY } from './content-security.ts'
import { contentTypeOf } from './content-types.ts'

export type SiteFile = {
  readonly type: string
  readonly policy: string
  /** Only of a page with a form: without it browsers send the form with the origin "null". */
  readonly referrerPolicy?: 'same-origin'
  readonly cacheControl: string
  readonly digest: string
  readonly body: Buffer
  readonly brotli?: Buffer
  readonly gzip?: Buffer
}

export type Site = {
  /** By URL path without a trailing slash; `/` is the start page. */
  readonly files: ReadonlyMap<string, SiteFile>
  /** The "not found" page of a language prefix such as `/en`; '' is German. */
  readonly notFound: ReadonlyMap<string, SiteFile>
}

export const EMPTY_SITE: Site = { files: new Map(), notFound: new Map() }

const LANGUAGE_PREFIXES = ['', '/leichte-sprache', '/en']
const NOT_FOUND = '/404'
/** Pages of the build that belong to the office: the preview of a form. */
const OFFICE_ONLY = LANGUAGE_PREFIXES.map((prefix) => `${prefix}/vorschau`)

/** An empty site when the folder does not exist: the API works without. */
export async function loadSite(directory: string): Promise<Site> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => [])
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
  const known = new Set(paths)
  const files = new Map<string, SiteFile>()
  for (const path of paths) {
    const type = contentTypeOf(path)
    const isVariant = /\.(br|gz)$/.test(path)
    if (type !== undefined && !isVariant && !OFFICE_ONLY.includes(urlPathOf(path))) {
      files.set(urlPathOf(path), await readSiteFile(directory, path, type, known))
    }
  }
  return { files, notFound: takeNotFoundPages(files) }
}

/** `anmelden.html` and `anmelden/index.html` are both `/anmelden`. */
function urlPathOf(path: string): string {
  const page = `/${path}`.replace(/\.html$/, '').replace(/\/index$/, '')
  return page === '' ? '/' : page
}

async function readSiteFile(
  directory: string,
  path: string,
  type: string,
  known: ReadonlySet<string>,
): Promise<SiteFile> {
  const body = await readFile(join(directory, path))
  const variant = async (suffix: string) =>
    known.has(path + suffix) ? await readFile(join(directory, path + suffix)) : undefined
  const brotli = await variant('.br')
  const gzip = await variant('.gz')
  return {
    type,
    ...(await policiesOf(path, body)),
    cacheControl: cacheControlOf(path),
    digest: await sha256Hex(body),
    body,
    ...(brotli && { brotli }),
    ...(gzip && { gzip }),
  }
}

async function policiesOf(
  path: string,
  body: Buffer,
): Promise<Pick<SiteFile, 'policy' | 'referrerPolicy'>> {
  if (/\.m?js$/.test(path)) return { policy: SCRIPT_POLICY }
  if (!path.endsWith('.html')) return { policy: EMPTY_POLICY }
  const kind = await pageKindOf(body.toString('utf8'))
  return { policy: pagePolicy(kind), ...(kind.sendsForm && { referrerPolicy: 'same-origin' }) }
}

/** Names below `immutable` carry a hash of their content; pages are asked for anew, which costs a 304. */
function cacheControlOf(path: string): string {
  if (path.includes('/immutable/')) return 'public, max-age=31536000, immutable'
  return path.endsWith('.html') ? 'no-cache' : 'public, max-age=3600'
}

function takeNotFoundPages(files: Map<string, SiteFile>): Map<string, SiteFile> {
  const pages = new Map<string, SiteFile>()
  for (const prefix of LANGUAGE_PREFIXES) {
    const page = files.get(prefix + NOT_FOUND)
    if (page !== undefined) pages.set(prefix, page)
    files.delete(prefix + NOT_FOUND)
  }
  return pages
}

/** The page in the language of the path, else in German; undefined when the build has none. */
export function notFoundPage({ notFound }: Site, path: string): SiteFile | undefined {
  const prefix = LANGUAGE_PREFIXES.find(
    (candidate) => candidate !== '' && (path === candidate || path.startsWith(`${candidate}/`)),
  )
  return notFound.get(prefix ?? '') ?? notFound.get('')
}
