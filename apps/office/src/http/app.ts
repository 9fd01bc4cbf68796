// The office's HTTP application: its API behind tokens and sessions, its description, and the clerk's app.

import type { App } from '@einmal-pin/platform/http/app'
import type { Metrics } from '@einmal-pin/platform/http/metrics'
import { makeServer } from '@einmal-pin/platform/http/server'
import cookie from '@fastify/cookie'
import swagger, { type SwaggerOptions } from '@fastify/swagger'
import type { FastifyBaseLogger } from 'fastify'
import type { Office } from '../office.ts'
import { caseRoutes } from './case-routes.ts'
import { installClerkApp } from './clerk-app.ts'
import { installCredentials } from './credentials.ts'
import { HIDDEN } from './hidden.ts'
import { installHostCheck } from './host-check.ts'
import { inboxRoutes } from './inbox-routes.ts'
import { letterRoutes } from './letter-routes.ts'
import { previewRoutes } from './preview-routes.ts'
import { staffLoginRoute, staffRoutes } from './staff-routes.ts'
import { taskRoutes } from './task-routes.ts'

export interface AppParts {
  readonly logger?: FastifyBaseLogger
  readonly metrics?: Metrics
}

const DESCRIPTION: SwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'einmal-pin office',
      description: 'Cases, letters, inbox and tasks for core systems. Errors are problem+json.',
      version: '1',
    },
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    security: [{ bearer: [] }],
  },
}

export async function makeOfficeApp(office: Office, parts: AppParts = {}): Promise<App> {
  const { database, blobs } = office
  const app = makeServer({
    name: 'office',
    ready: { database: database.ping, blobs: blobs.check },
    ...parts,
  })
  installHostCheck(app, office.config.hosts)
  await app.register(cookie)
  await app.register(swagger, DESCRIPTION)
  app.get('/openapi.json', { schema: HIDDEN }, async () => app.swagger())
  await app.register(async (open) => staffLoginRoute(open as App, office))
  await app.register(async (scope) => {
    const api = scope as App
    installCredentials(api, office)
    // Personal data in every answer: nothing of it stays in a cache.
    api.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store')
    })
    staffRoutes(api, office)
    caseRoutes(api, office)
    letterRoutes(api, office)
    previewRoutes(api, office)
    inboxRoutes(api, office)
    taskRoutes(api, office)
  })
  await installClerkApp(app, office.config.clerkDir)
  return app
}
