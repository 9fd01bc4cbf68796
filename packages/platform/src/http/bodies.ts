// The bodies that a server takes: JSON, sealed bytes and CSV, each kept as the very bytes that were sent.

import { verifyContentDigest } from '@einmal-pin/vault/digest'
import { problem } from '@einmal-pin/wire/problem'
import type { FastifyRequest } from 'fastify'
import type { App } from './app.ts'

const rawBodies = new WeakMap<FastifyRequest, Buffer>()
const NOTHING = Buffer.alloc(0)

/** The bytes of the body as they came; empty for a request without one. Signatures and digests are checked over these. */
export const rawBody = (request: FastifyRequest): Buffer => rawBodies.get(request) ?? NOTHING

/**
 * Registers the content types of this system and no other: `application/json`, `application/octet-stream` (a Buffer as body) and
 * `text/csv` (a Buffer too). Anything else is answered 415 (findings.md 2.2, advisories against lenient content types).
 */
export function installBodies(app: App): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = keep(request, body)
    // A DELETE or POST without content is sent as an empty body by some clients.
    if (bytes.length === 0) return done(null, undefined)
    try {
      done(null, parseJson(bytes))
    } catch {
      done(problem('request.invalid'), undefined)
    }
  })
  for (const type of ['application/octet-stream', 'text/csv']) {
    app.addContentTypeParser(type, { parseAs: 'buffer' }, (request, body, done) => {
      done(null, keep(request, body))
    })
  }
}

function keep(request: FastifyRequest, body: string | Buffer): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  rawBodies.set(request, bytes)
  return bytes
}

const decoder = new TextDecoder('utf-8', { fatal: true })

/** Strict UTF-8; a `__proto__` or `constructor.prototype` key is refused instead of reaching an object. */
function parseJson(bytes: Uint8Array): unknown {
  return JSON.parse(decoder.decode(bytes), (key, value) => {
    if (key === '__proto__' || (key === 'constructor' && isObject(value) && 'prototype' in value)) {
      throw new SyntaxError('forbidden key')
    }
    return value
  })
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Throws `request.digest` unless the Content-Digest header (RFC 9530) names exactly the bytes that came. */
export async function requireContentDigest(request: FastifyRequest): Promise<void> {
  const header = request.headers['content-digest']
  const named = typeof header === 'string' ? header : undefined
  if (!(await verifyContentDigest(named, rawBody(request)))) throw problem('request.digest')
}
