// Serves the built citizen app: pages without a trailing slash, compressed as built, told by ETag when nothing has changed.
import type { App } from '@einmal-pin/platform/http/app'
import { problem } from '@einmal-pin/wire/problem'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { byteRange } from './byte-range.ts'
import { notFoundPage, type Site, type SiteFile } from './load-site.ts'

export function siteRoutes(app: App, site: Site): void {
  app.get('/*', async (request, reply) => {
    const { pathname, search } = splitUrl(request.raw.url ?? '/')
    const file = site.files.get(pathname)
    if (file !== undefined) return sendFile(request, reply, file)
    const withoutSlash = pathname.replace(/\/+$/, '')
    // Only to a page that exists, so that no foreign address can be smuggled into the answer.
    if (withoutSlash !== pathname && site.files.has(withoutSlash)) {
      return reply.redirect(`${withoutSlash}${search}`, 308)
    }
    const page = pathname.startsWith('/api/') ? undefined : notFoundPage(site, pathname)
    if (page === undefined) throw problem('route.unknown')
    return sendFile(request, reply.code(404), page)
  })
}

function splitUrl(url: string): { readonly pathname: string; readonly search: string } {
  const at = url.indexOf('?')
  return at < 0
    ? { pathname: url, search: '' }
    : { pathname: url.slice(0, at), search: url.slice(at) }
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: SiteFile): FastifyReply {
  const { encoding, body } = chooseVariant(file, String(request.headers['accept-encoding'] ?? ''))
  const etag = `"${file.digest.slice(0, 32)}${encoding && `-${encoding}`}"`
  reply.headers({
    'content-security-policy': file.policy,
    'cache-control': file.cacheControl,
    etag,
    vary: 'accept-encoding',
    ...(file.referrerPolicy && { 'referrer-policy': file.referrerPolicy }),
  })
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  if (encoding !== '') reply.header('content-encoding', encoding)
  reply.type(file.type)
  return isFilm(file) ? sendRange(request, reply, file.body, etag) : reply.send(body)
}

/** Players ask for a film piece by piece; some play nothing from a server that cannot do that. */
const isFilm = ({ type }: SiteFile): boolean => type.startsWith('video/')

function sendRange(
  { method, headers }: FastifyRequest,
  reply: FastifyReply,
  body: Buffer,
  etag: string,
): FastifyReply {
  reply.header('accept-ranges', 'bytes')
  const { range, 'if-range': condition } = headers
  // RFC 9110, 14.2 and 13.1.5: ranges are for GET, and for the very file that the player has begun.
  const isAsked = method === 'GET' && (condition === undefined || condition === etag)
  const part = isAsked ? byteRange(range, body.length) : 'whole'
  if (part === 'whole') return reply.send(body)
  if (part === 'outside') {
    return reply.code(416).header('content-range', `bytes */${body.length}`).send()
  }
  const { first, last } = part
  return reply
    .code(206)
    .header('content-range', `bytes ${first}-${last}/${body.length}`)
    .send(body.subarray(first, last + 1))
}

function chooseVariant(
  { body, brotli, gzip }: SiteFile,
  accepted: string,
): { readonly encoding: '' | 'br' | 'gzip'; readonly body: Buffer } {
  if (brotli !== undefined && /\bbr\b(?!;q=0(\.0+)?\b)/.test(accepted)) {
    return { encoding: 'br', body: brotli }
  }
  if (gzip !== undefined && /\bgzip\b(?!;q=0(\.0+)?\b)/.test(accepted)) {
    return { encoding: 'gzip', body: gzip }
  }
  return { encoding: '', body }
}
