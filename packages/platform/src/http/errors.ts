// Every failure of a server as problem+json: known refusals by code, a server that is away as 503, the rest without a word.

import type { Socket } from 'node:net'
import { ERRORS, type ErrorCode } from '@einmal-pin/wire/errors'
import {
  PROBLEM_MEDIA_TYPE,
  ProblemError,
  type ProblemExtra,
  problemBody,
} from '@einmal-pin/wire/problem'
import type { ConnectionError, FastifyReply, FastifyRequest } from 'fastify'
import { errorCodeOf, isConnectionLoss } from '../database-errors.ts'
import { describeError } from '../describe-error.ts'
import type { App } from './app.ts'

const RETRY_AFTER_SECONDS = 5

/** What Fastify or PostgreSQL refuses, by error code; other client errors of Fastify are `request.invalid`. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  // PostgreSQL holds no U+0000: character_not_in_repertoire for text, untranslatable_character for jsonb (appendix A).
  '22021': 'request.invalid',
  '22P05': 'request.invalid',
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.tooLarge',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.mediaType',
  FST_ERR_RATE_LIMIT: 'request.tooMany',
}

export function sendProblem(reply: FastifyReply, code: ErrorCode, extra: ProblemExtra = {}) {
  const seconds = extra['retryAfterSeconds']
  if (typeof seconds === 'number') reply.header('retry-after', String(Math.ceil(seconds)))
  return reply
    .code(ERRORS[code].status)
    .type(PROBLEM_MEDIA_TYPE)
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problemBody(code, extra)))
}

export function installErrorHandler(app: App): void {
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, 'route.unknown'))
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof ProblemError) return sendProblem(reply, error.code, error.extra)
    if (isConnectionLoss(error)) {
      request.log.warn({ failure: describeError(error) }, 'service.unavailable')
      return sendProblem(reply, 'service.unavailable', { retryAfterSeconds: RETRY_AFTER_SECONDS })
    }
    const refused = clientMistake(error)
    if (refused !== undefined) return sendProblem(reply, refused)
    return failed(error, request, reply)
  })
}

/** Validation, malformed JSON, too large bodies and the like: Fastify marks them with a status below 500. */
function clientMistake(error: unknown): ErrorCode | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const known = CODES[errorCodeOf(error) ?? '']
  if (known !== undefined) return known
  const status = 'statusCode' in error ? error.statusCode : undefined
  const mistaken = typeof status === 'number' && status >= 400 && status < 500
  return mistaken || 'validation' in error ? 'request.invalid' : undefined
}

function failed(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  request.log.error({ failure: describeError(error) }, 'service.failed')
  return sendProblem(reply, 'service.failed')
}

/** What is no HTTP at all (or too slow, or with endless headers) gets the same kind of answer, by hand. */
export function answerUnreadable(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const body = JSON.stringify(problemBody('request.invalid'))
  const head = [
    'HTTP/1.1 400 Bad Request',
    `content-type: ${PROBLEM_MEDIA_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
