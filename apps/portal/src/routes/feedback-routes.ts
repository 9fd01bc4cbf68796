// "Waren diese Informationen hilfreich?": a plain form that works without JavaScript; answers are pages, not JSON.
import type { App } from '@einmal-pin/platform/http/app'
import { FEEDBACK_PER_MINUTE, Feedback } from '@einmal-pin/wire/feedback'
import { PROBLEM_MEDIA_TYPE, problem } from '@einmal-pin/wire/problem'
import { PORTAL } from '@einmal-pin/wire/routes'
import type { FastifyRequest } from 'fastify'
import { Check } from 'typebox/value'
import type { Portal } from '../portal.ts'
import type { Site } from '../site/load-site.ts'
import { countFeedback } from '../store/feedback.ts'
import { takeToken } from '../store/network-budget.ts'

/** One budget for all people: a counter that keeps apart who answered would have to know who answered. */
const BUDGET = { purpose: 'feedback', burst: FEEDBACK_PER_MINUTE, perMinute: FEEDBACK_PER_MINUTE }
const EVERYBODY = 'everybody'

/** Three short fields. */
const MAX_BYTES = 512

const PREFIXES: Readonly<Record<Feedback['language'], string>> = {
  de: '',
  'de-simple': '/leichte-sprache',
  en: '/en',
}

/** Must be registered in a scope of its own: it takes forms, which nothing else here does. */
export function feedbackRoutes(app: App, { database, clock }: Portal, site: Site): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: MAX_BYTES },
    (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))))
    },
  )
  answerWithPages(app, site)
  app.post(PORTAL.feedback.path, async (request, reply) => {
    const { body } = request
    if (!Check(Feedback, body)) throw problem('request.invalid')
    if (!(await takeToken(database.kysely, EVERYBODY, BUDGET))) throw problem('request.tooMany')
    await countFeedback(database.kysely, clock, body)
    // See Other (RFC 9110, 15.4.4): a reload of the answer page sends nothing again.
    return reply.redirect(`${PREFIXES[body.language]}/danke`, 303)
  })
}

/** Every refusal keeps its status and becomes the page "nicht gezählt", where the build has one. */
function answerWithPages(app: App, site: Site): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const page = site.files.get(`${PREFIXES[languageOf(request)]}/nicht-gezaehlt`)
    const isProblem = String(reply.getHeader('content-type')).startsWith(PROBLEM_MEDIA_TYPE)
    if (!isProblem || page === undefined) return payload
    reply.type(page.type).header('content-security-policy', page.policy)
    return page.body
  })
}

/** Of a refused form too, as far as it says one. */
function languageOf({ body }: FastifyRequest): Feedback['language'] {
  const named = typeof body === 'object' && body !== null && 'language' in body && body.language
  return named === 'de-simple' || named === 'en' ? named : 'de'
}
