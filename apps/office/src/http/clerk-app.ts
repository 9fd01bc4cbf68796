// Serves the clerk's static app with a strict content security policy; inline scripts only by the digest they were built with.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '@einmal-pin/platform/http/app'
import { sendProblem } from '@einmal-pin/platform/http/errors'
import { utf8 } from '@einmal-pin/vault/bytes'
import { makeContentDigest } from '@einmal-pin/vault/digest'
import fastifyStatic from '@fastify/static'
import { HIDDEN } from './hidden.ts'

const FRAME_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const

// The style attribute of the framework's route announcer (findings.md 4.2.6).
const ROUTE_ANNOUNCER = "'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='"

const policy = (scriptSources: readonly string[]): string =>
  [
    "default-src 'none'",
    `script-src ${["'self'", ...scriptSources].join(' ')}`,
    "style-src 'self'",
    `style-src-attr 'unsafe-hashes' ${ROUTE_ANNOUNCER}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    // The page that shows how letters look.
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** `'sha256-...'` of each inline script, as CSP writes it (the digest is that of RFC 9530). */
async function inlineScriptSources(html: string): Promise<readonly string[]> {
  const scripts = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>(?<code>[\s\S]*?)<\/script>/g)]
  return Promise.all(
    scripts.map(async ({ groups }) => {
      const digest = await makeContentDigest(utf8(groups?.['code'] ?? ''))
      return `'sha256-${digest.slice('sha-256=:'.length, -1)}'`
    }),
  )
}

/** `/posteingang` is posteingang.html; undefined for everything that is no page of the app. */
function pageFile(directory: string, url: string): string | undefined {
  const name = /^\/(?<name>[a-z]*)$/.exec(url.split('?')[0] ?? '')?.groups?.['name']
  const file = join(directory, `${name === '' ? 'index' : name}.html`)
  return name !== undefined && existsSync(file) ? file : undefined
}

/**
 * The app is one static page per route. A page's digests are read at each request in which it is sent: it is
 * small, and a rebuilt app must not meet the policy of the one before.
 */
export async function installClerkApp(app: App, directory: string): Promise<void> {
  app.addHook('onSend', async (_request, reply) => {
    reply.headers(FRAME_HEADERS)
    if (reply.getHeader('content-security-policy') !== undefined) return
    reply.header('content-security-policy', policy([]))
  })
  if (!existsSync(join(directory, 'index.html'))) return
  await app.register(fastifyStatic, {
    root: directory,
    wildcard: false,
    index: false,
    globIgnore: ['**/*.html'],
    schemaHide: true,
    maxAge: '1h',
  })
  app.get('/*', { schema: HIDDEN }, async (request, reply) => {
    const page = pageFile(directory, request.url)
    if (page === undefined) return sendProblem(reply, 'route.unknown')
    const html = await readFile(page, 'utf8')
    return reply
      .header('content-security-policy', policy(await inlineScriptSources(html)))
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(html)
  })
}
