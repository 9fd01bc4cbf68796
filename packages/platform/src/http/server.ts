// The one way a server of this system is set up: strict validation, problem+json, quiet logs, quick and clean shutdown.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import { errorCodeOf } from '../database-errors.ts'
import { makeLogger } from '../logger.ts'
import type { App } from './app.ts'
import { installBodies } from './bodies.ts'
import { answerUnreadable, installErrorHandler, sendProblem } from './errors.ts'
import { installHealth, type ReadinessChecks } from './health.ts'
import { type Metrics, observeRequests } from './metrics.ts'

export type ServerOptions = {
  /** Stands in every log line, for example `portal`. */
  readonly name: string
  readonly logger?: FastifyBaseLogger
  /** Bytes; routes that take more say so themselves. */
  readonly bodyLimit?: number
  readonly ready?: ReadinessChecks
  readonly metrics?: Metrics
}

const DEFAULT_BODY_LIMIT = 64 * 1024
const REQUEST_TIMEOUT_MILLISECONDS = 120_000
const KEEP_ALIVE_MILLISECONDS = 5_000
/** Ajv's defaults would drop unknown members silently and turn '1' into 1 (findings.md 2.2, trap 1). */
const STRICT_AJV = {
  removeAdditional: false,
  coerceTypes: false,
  useDefaults: false,
  allErrors: false,
} as const

/** A Fastify application with everything of findings.md 2.1 and 2.2; routes are the caller's. */
export function makeServer(options: ServerOptions): App {
  const app: App = Fastify({
    loggerInstance: options.logger ?? makeLogger(options.name),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.bodyLimit ?? DEFAULT_BODY_LIMIT,
    keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
    requestTimeout: REQUEST_TIMEOUT_MILLISECONDS,
    forceCloseConnections: 'idle',
    trustProxy: false,
    routerOptions: { maxParamLength: 200 },
    ajv: { customOptions: STRICT_AJV },
    frameworkErrors: (_error, _request, reply) => sendProblem(reply, 'request.invalid'),
    clientErrorHandler: answerUnreadable,
  }).withTypeProvider<TypeBoxTypeProvider>()
  installBodies(app)
  installErrorHandler(app)
  installHealth(app, options.ready ?? {})
  logAnswers(app)
  closeGently(app)
  if (options.metrics !== undefined) observeRequests(app, options.metrics)
  return app
}

/** One line an answer: what was asked by pattern, how it ended, how long it took. */
function logAnswers(app: App): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    const milliseconds = Math.round(reply.elapsedTime)
    request.log.info(
      { method: request.method, route, status: reply.statusCode, milliseconds },
      'answered',
    )
  })
}

/** Without this a client that keeps its connection holds `close()` up for over a minute (findings.md 2.2, trap 3). */
function closeGently(app: App): void {
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close')
  })
}

/** Listens and returns the port; throws a plain sentence when the port is taken. */
export async function listen(app: App, port: number, host = '127.0.0.1'): Promise<number> {
  try {
    await app.listen({ port, host })
  } catch (error) {
    if (errorCodeOf(error) === 'EADDRINUSE') throw new Error(`port ${port} is already in use`)
    throw error
  }
  const address = app.server.address()
  return address !== null && typeof address === 'object' ? address.port : port
}
