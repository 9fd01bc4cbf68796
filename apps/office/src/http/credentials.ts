// Who is asking: a core system or the command line by token, a clerk by session. Nobody else, and no foreign page.
import type { App } from '@einmal-pin/platform/http/app'
import { makeSameOriginCheck } from '@einmal-pin/platform/http/same-origin'
import { equalText } from '@einmal-pin/vault/constant-time'
import { problem } from '@einmal-pin/wire/problem'
import type { FastifyRequest } from 'fastify'
import type { Actor } from '../audit/audit.ts'
import type { Office } from '../office.ts'
import { STAFF_COOKIE, staffOf } from './staff-sessions.ts'

const actors = new WeakMap<FastifyRequest, Actor>()

/** Who makes this request; set for every route behind `installCredentials`. */
export function actorOf(request: FastifyRequest): Actor {
  const actor = actors.get(request)
  if (actor === undefined) throw problem('token.invalid')
  return actor
}

/** Every route registered on `app` after this needs a token or a clerk's session. */
export function installCredentials(app: App, office: Office): void {
  app.addHook('onRequest', async (request) => {
    const bearer = bearerOf(request)
    if (bearer === undefined) await requireOwnPage(request)
    else await refuseForeignPage(request)
    const actor = bearer === undefined ? await clerkOf(office, request) : ownerOf(office, bearer)
    if (actor === undefined) throw problem(isBrowser(request) ? 'staff.missing' : 'token.invalid')
    actors.set(request, actor)
  })
}

const isBrowser = ({ headers }: FastifyRequest): boolean => headers['sec-fetch-site'] !== undefined

function bearerOf({ headers }: FastifyRequest): string | undefined {
  return /^Bearer +(?<token>[A-Za-z0-9_-]{1,200})$/i.exec(headers.authorization ?? '')?.groups?.[
    'token'
  ]
}

function ownerOf({ secrets }: Office, bearer: string): Actor | undefined {
  if (equalText(bearer, secrets.apiToken)) return 'core-system'
  return equalText(bearer, secrets.cliToken) ? 'cli' : undefined
}

const clerkOf = async (office: Office, request: FastifyRequest): Promise<Actor | undefined> => {
  const token = request.cookies[STAFF_COOKIE]
  return token === undefined ? undefined : staffOf(office, token)
}

const ownOrigins = ({ headers }: FastifyRequest): readonly string[] =>
  headers.host === undefined ? [] : [`http://${headers.host}`, `https://${headers.host}`]

/**
 * A cookie travels by itself, so every request that could carry one must come from the office's own pages. The
 * Host was checked before, so its own origin is known.
 */
export async function requireOwnPage(request: FastifyRequest): Promise<void> {
  // Without a cookie and without a browser there is nothing to protect: the missing token is named instead.
  if (!isBrowser(request) && request.headers.origin === undefined) {
    if (request.cookies[STAFF_COOKIE] === undefined) return
  }
  await makeSameOriginCheck(ownOrigins(request))(request)
}

/** Programs send neither header; a page that does must be ours, even when it knows a token. */
async function refuseForeignPage(request: FastifyRequest): Promise<void> {
  if (isBrowser(request) || request.headers.origin !== undefined) await requireOwnPage(request)
}
