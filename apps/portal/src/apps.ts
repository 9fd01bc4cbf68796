// The portal's two listeners: one for the people, one for the office.

import type { App } from '@einmal-pin/platform/http/app'
import type { Metrics } from '@einmal-pin/platform/http/metrics'
import { makeSameOriginCheck } from '@einmal-pin/platform/http/same-origin'
import { makeServer } from '@einmal-pin/platform/http/server'
import { LINK, PORTAL } from '@einmal-pin/wire/routes'
import fastifyCookie from '@fastify/cookie'
import type { FastifyBaseLogger } from 'fastify'
import { makeSignatureCheck } from './office/verify-signature.ts'
import type { Portal } from './portal.ts'
import { documentByteRoutes, documentRoutes } from './routes/document-routes.ts'
import { draftRoutes } from './routes/draft-routes.ts'
import { feedbackRoutes } from './routes/feedback-routes.ts'
import { loginRoutes, pinRequestRoutes, publicKeyRoutes } from './routes/login-routes.ts'
import {
  commandRoutes,
  comparisonRoutes,
  feedbackCountRoutes,
  offerRoutes,
  outboxRoutes,
} from './routes/office-routes.ts'
import { refuseOtherMethods } from './routes/other-methods.ts'
import { packageRoutes, sessionRoutes } from './routes/session-routes.ts'
import { submissionRoutes } from './routes/submission-routes.ts'
import type { Site } from './site/load-site.ts'
import { forbidStoring, installSecurityHeaders } from './site/security-headers.ts'
import { siteRoutes } from './site/site-routes.ts'

export type AppOptions = {
  readonly logger?: FastifyBaseLogger
  readonly metrics?: Metrics
}

/** For browsers: the API and the static app. */
export async function makePublicApp(
  portal: Portal,
  site: Site,
  options: AppOptions = {},
): Promise<App> {
  const { config, database, blobs } = portal
  const ready = { database: database.ping, blobs: blobs.check }
  const app = makeServer({ name: 'portal', ready, ...options })
  installSecurityHeaders(app, config.publicUrl)
  await app.register(fastifyCookie)
  await app.register(async (api: App) => {
    forbidStoring(api)
    await publicKeyRoutes(api, portal)
    refuseOtherMethods(api, PORTAL)
    await api.register(async (guarded: App) => {
      guarded.addHook('onRequest', makeSameOriginCheck(originsOf(config.publicUrl)))
      loginRoutes(guarded, portal)
      pinRequestRoutes(guarded, portal)
      sessionRoutes(guarded, portal)
      packageRoutes(guarded, portal)
      draftRoutes(guarded, portal)
      documentRoutes(guarded, portal)
      documentByteRoutes(guarded, portal)
      submissionRoutes(guarded, portal)
      await guarded.register(async (form: App) => feedbackRoutes(form, portal, site))
    })
  })
  siteRoutes(app, site)
  return app
}

/** A demonstration on loopback answers to both of its names. */
function originsOf(publicUrl: string): readonly string[] {
  return [publicUrl, publicUrl.replace(/^http:\/\/127\.0\.0\.1(?=:|$)/, 'http://localhost')]
}

/** For the courier: every route wants a signature. */
export async function makeOfficeApp(portal: Portal, options: AppOptions = {}): Promise<App> {
  const app = makeServer({ name: 'portal-office', ...options })
  await app.register(async (signed: App) => {
    forbidStoring(signed)
    signed.addHook('preValidation', makeSignatureCheck(portal))
    commandRoutes(signed, portal)
    outboxRoutes(signed, portal)
    offerRoutes(signed, portal)
    feedbackCountRoutes(signed, portal)
    comparisonRoutes(signed, portal)
  })
  refuseOtherMethods(app, LINK)
  return app
}
