// The bodies that a server takes: JSON, sealed bytes and CSV, each kept as the very bytes that were sent.
import type { Readable } from 'node:stream'
import { verifyContentDigest } from '@einmal-pin/vault/digest'
import { problem } from '@einmal-pin/wire/problem'
import type { FastifyRequest } from 'fastify'
import type { App } from './app.ts'

const bodies = new WeakMap<FastifyRequest, readonly Buffer[]>()

/** The bytes of the body as they came; empty for a request without one. Signatures and digests are checked over these. */
export function rawBody(request: FastifyRequest): Buffer {
  const chunks = bodyChunks(request)
  const [only] = chunks
  return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks)
}

/** The same in the pieces in which they came: for large bodies that need not be copied into one. */
export const bodyChunks = (request: FastifyRequest): readonly Buffer[] => bodies.get(request) ?? []

/**
 * Registers the content types of this system and no other: `application/json`, `application/octet-stream` (no body but {@link rawBody}
 * and {@link bodyChunks}) and `text/csv` (a Buffer). Anything else is answered 415 (findings.md 2.2, advisories against lenient content
 * types).
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
  app.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (request, body, done) => {
    done(null, keep(request, body))
  })
  app.addContentTypeParser(
    'application/octet-stream',
    async (request: FastifyRequest, payload: Readable) => {
      const { bodyLimit } = request.routeOptions
      if (Number(request.headers['content-length']) > bodyLimit) throw problem('request.tooLarge')
      bodies.set(request, await readChunks(payload, bodyLimit))
    },
  )
}

/** So many pieces are joined into one: kept for themselves, a body sent byte by byte would take a hundred times its size. */
const MOST_PIECES = 256

/** Throws `request.tooLarge`, or `request.invalid` when the sender hangs up. */
async function readChunks(payload: Readable, limit: number): Promise<readonly Buffer[]> {
  const chunks: Buffer[] = []
  let joined = 0
  let size = 0
  try {
    for await (const chunk of payload as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > limit) break
      chunks.push(chunk)
      if (chunks.length - joined < MOST_PIECES) continue
      chunks.push(Buffer.concat(chunks.splice(joined)))
      joined = chunks.length
    }
  } catch {
    throw problem('request.invalid')
  }
  if (size > limit) throw problem('request.tooLarge')
  return chunks
}

function keep(request: FastifyRequest, body: string | Buffer): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  bodies.set(request, [bytes])
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
